"""iTrent Web Recruitment (MHR): councils, universities, Parliament. Each site is one body's own."""

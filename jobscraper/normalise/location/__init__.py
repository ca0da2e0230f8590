"""Where the job is: from the printed location to places with official codes."""

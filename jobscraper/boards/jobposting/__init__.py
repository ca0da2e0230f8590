"""Any site whose adverts carry schema.org's JobPosting."""

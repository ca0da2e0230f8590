"""What travels between rooms: what a response gave, and errors that a user can mend."""

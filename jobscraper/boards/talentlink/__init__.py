"""TalentLink."""

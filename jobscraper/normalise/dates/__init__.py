"""When an advert opens and closes: from the forms that boards print, in London time."""

"""For those who work on the project: new sources, references, the sample, the files of facts."""

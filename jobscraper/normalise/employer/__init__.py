"""Who employs: from the printed employer to a row of the register."""

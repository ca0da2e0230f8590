"""On what terms: contract, working pattern, hours, workplace, and as what somebody is engaged."""

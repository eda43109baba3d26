"""What every address of the API shares: parameters, fields, answers, refusals."""

"""`/tillganglighet`: the accessibility statement, and where faults are reported."""

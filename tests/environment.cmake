# Read by CTest before it runs the tests: their environment.
set(ENV{ENTREPOT_DAYS_BETWEEN_CHECKS} 1)

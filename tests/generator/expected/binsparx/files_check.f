// checks of the array port, beside any array; paths relative to this file (verilator -F)
checker/cim_array_checker.sv
checker/tiny_array_checker.sv
checker/tiny_array_bind.sv

// SPDX-License-Identifier: Apache-2.0
// The arithmetic of an array that is not ideal: docs/spec/analog.md, "Random numbers" and "From
// products to a code". Exact integers; what needs more than 64 bits has 128. Used by
// cim_array_model; not for synthesis. Golden twin: golden/reference/analog.cpp and array.cpp.
`default_nettype none

package cim_analog_pkg;
  function automatic logic [63:0] mix(input logic [63:0] word);
    logic [63:0] x;
    x = word;
    x = x ^ (x >> 30);
    x = x * 64'hBF58476D1CE4E5B9;
    x = x ^ (x >> 27);
    x = x * 64'h94D049BB133111EB;
    return x ^ (x >> 31);
  endfunction

  // Nearly normal with deviation 209.02.
  function automatic longint draw(input logic [31:0] seed, input logic [31:0] stream,
                                  input logic [63:0] index);
    logic [63:0] bytes;
    longint      sum;
    bytes = mix(mix(64'(seed) + {stream, 32'b0}) + (index + 64'd1) * 64'h9E3779B97F4A7C15);
    sum   = -64'sd1020;
    for (int unsigned i = 0; i < 8; i++) sum = sum + longint'({1'b0, bytes[8*i +: 8]});
    return sum;
  endfunction

  function automatic longint gauss(input longint sigma, input longint z);
    return (sigma * z * 64'sd20547966 + (64'sd1 << 31)) >>> 32;
  endfunction

  // What the wire keeps of v > 0, in 2^-16; squares: D, the sum of the squared segment currents.
  function automatic longint kept(input longint ir_drop, input longint v, input longint squares);
    logic [127:0] lost, whole;
    lost  = (128'(ir_drop) * 128'(squares)) >> 16;
    whole = 128'(v * 64'sd5) << 16;
    return longint'(((whole + lost) << 16) / (whole + 128'd6 * lost));
  endfunction

  // Toward minus infinity; divisor > 0.
  function automatic longint floor_div(input longint dividend, input longint divisor);
    return (dividend >= 0) ? dividend / divisor : -((divisor - 1 - dividend) / divisor);
  endfunction

  // numerator / 2^shift to the nearest integer, ties to even.
  function automatic longint round_even(input longint numerator, input int unsigned shift);
    longint below, rest, half;
    below = numerator >>> shift;
    rest  = numerator - (below << shift);
    half  = (shift > 0) ? longint'(1) << (shift - 1) : 1;
    return (rest > half || (rest == half && below[0])) ? below + 1 : below;
  endfunction
endpackage

`default_nettype wire

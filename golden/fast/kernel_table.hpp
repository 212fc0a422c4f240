/// The table of one instruction set's kernels; included behind the other kernel*.hpp.

template <class Lanes>
constexpr Kernels kernels_of_lanes(const char* name) {
    return {.name = name,
            .lanes = Lanes::kLanes,
            .planes = run_planes<Lanes>,
            .product = run_product<Lanes>,
            .columns = run_columns<Lanes>,
            .binary = run_binary<Lanes>,
            .xnor = run_xnor<Lanes>,
            .all_inside = all_inside,
            .add_shifted = add_shifted,
            .low_bytes = low_bytes,
            .sign_bits = sign_bits<Lanes>,
            .sign_columns = sign_columns,
            .round_bytes = round_bytes,
            .byte_planes = byte_planes<Lanes>};
}

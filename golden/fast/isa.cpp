#include "golden/fast/isa.hpp"

#include <atomic>

#include "golden/spec.hpp"

namespace golden::fast {
namespace {

std::atomic<Isa> forced_isa{Isa::automatic};

bool processor_has(Isa isa) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (isa == Isa::avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq");
#else
    return isa == Isa::portable;
#endif
}

const Kernels* kernels_of(Isa isa) {
    if (isa == Isa::avx512) return avx512_kernels();
    if (isa == Isa::avx2) return avx2_kernels();
    return portable_kernels();
}

}  // namespace

bool isa_available(Isa isa) {
    if (isa == Isa::automatic || isa == Isa::portable) return true;
    return kernels_of(isa) != nullptr && processor_has(isa);
}

void force_isa(Isa isa) {
    if (!isa_available(isa)) throw Error("golden: this processor lacks the instruction set");
    forced_isa = isa;
}

const Kernels& select_kernels() {
    const Isa forced = forced_isa;
    if (forced != Isa::automatic) return *kernels_of(forced);
    for (Isa isa : {Isa::avx512, Isa::avx2}) {
        if (isa_available(isa)) return *kernels_of(isa);
    }
    return *portable_kernels();
}

}  // namespace golden::fast

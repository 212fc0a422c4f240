#include "golden/fast/plane.hpp"

namespace golden::zebra {

std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters&) {
    return fast::make_plane_engine(dynamic_cast<const PlaneScheme&>(job.scheme), job);
}

}  // namespace golden::zebra

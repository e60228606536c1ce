#include "sim/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace entrepot::sim {

void check_failed(const char* condition, const char* why, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: broken invariant: %s (%s)\n", file, line, why, condition);
    std::abort();
}

void sent_too_soon(std::uint16_t from, Time now, std::uint16_t to, Time when, Duration lookahead) {
    const auto us = [](Duration d) { return static_cast<long long>(d.count()); };
    std::fprintf(
        stderr,
        "broken invariant: a message from partition %u at %lld us to partition %u at %lld us arrives sooner than "
        "the lookahead of %lld us\n",
        unsigned{from}, us(now - kStart), unsigned{to}, us(when - kStart), us(lookahead));
    std::abort();
}

}  // namespace entrepot::sim

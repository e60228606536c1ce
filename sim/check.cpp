#include "sim/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace entrepot::sim {

void check_failed(const char* condition, const char* why, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: broken invariant: %s (%s)\n", file, line, why, condition);
    std::abort();
}

void sent_too_soon(const std::string& from, Time now, const std::string& to, Time when, Duration lookahead) {
    const auto us = [](Duration d) { return static_cast<long long>(d.count()); };
    std::fprintf(stderr,
                 "broken invariant: a message from %s at %lld us to %s at %lld us arrives sooner than the lookahead of "
                 "%lld us\n",
                 from.c_str(), us(now - kStart), to.c_str(), us(when - kStart), us(lookahead));
    std::abort();
}

}  // namespace entrepot::sim

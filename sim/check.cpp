#include "sim/check.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace entrepot::sim {

namespace {

thread_local bool throws = false;

[[noreturn]] void end(const std::string& what) {
    if (throws) throw BrokenInvariant(what);
    std::fprintf(stderr, "%s\n", what.c_str());
    std::abort();
}

}  // namespace

RunUnderCheck::RunUnderCheck() : before_(throws) { throws = true; }
RunUnderCheck::~RunUnderCheck() { throws = before_; }
bool RunUnderCheck::lives() { return throws; }

void check_failed(const char* condition, const char* why, const char* file, int line) {
    end(std::string(file) + ":" + std::to_string(line) + ": broken invariant: " + why + " (" + condition + ")");
}

void sent_too_soon(const std::string& from, Time now, const std::string& to, Time when, Duration lookahead) {
    const auto us = [](Duration d) { return std::to_string(d.count()) + " us"; };
    end("broken invariant: a message from " + from + " at " + us(now - kStart) + " to " + to + " at " +
        us(when - kStart) + " arrives sooner than the lookahead of " + us(lookahead));
}

}  // namespace entrepot::sim

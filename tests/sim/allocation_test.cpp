#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "sim/phold/phold.hpp"
#include "sim/run_sequential.hpp"
#include "sim/run_windowed.hpp"

/// A run allocates nothing for an event once it has seen its greatest number of pending ones.

namespace {
std::atomic<std::uint64_t> allocations{0};
}

// Counting replacements of the global functions, for this program. Not inlined, or the compiler sees `free` meet `new`.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
    ++allocations;
    const auto step = static_cast<std::size_t>(alignment);
    if (void* memory = std::aligned_alloc(step, (size + step - 1) / step * step)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace entrepot::tests {
namespace {

using namespace sim;

TEST(Allocation, NoneForAnEventAfterWarmUp) {
    phold::Phold::Facts facts;
    const phold::Phold::Network network{.objects = 1000, .start_events = 4};
    auto world = phold::start(network, facts, 1);
    run_sequential(world, kStart + seconds{100});
    const std::uint64_t before = allocations, events = world.events();
    run_sequential(world, kStart + seconds{200});
    EXPECT_GT(world.events() - events, 300'000u);
    // The number that lies in one slot still finds a new record now and then, ever more rarely.
    EXPECT_LE(allocations - before, 20u);
}

TEST(Allocation, NoneForAWindowOfOneThread) {
    phold::Phold::Facts facts;
    const phold::Phold::Network network{.objects = 1024, .start_events = 4};
    auto world = phold::start(network, facts, 1);
    world.cut(8);
    Inline one_thread;
    run_windowed(world, kStart + seconds{100}, one_thread);
    const std::uint64_t before = allocations;
    const WindowFigures figures = run_windowed(world, kStart + seconds{200}, one_thread);
    EXPECT_GT(figures.windows, 900u);
    // Each call begins with empty outboxes, which grow to their size once.
    EXPECT_LE(allocations - before, 200u);
}

}  // namespace
}  // namespace entrepot::tests

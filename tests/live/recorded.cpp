#include "live/recorded.hpp"

#include <array>
#include <cstring>

#include "sim/archive.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"

namespace entrepot::tests {

Prints undisturbed(const scenarios::Loaded& loaded, const studies::RecordingOptions& options, models::Time t) {
    const models::Network network = scenarios::build(loaded, options.strategy);
    models::FactLog log([](std::span<const models::Fact>) {});
    const studies::DrawsOf draws = studies::draws_of(options.which);
    models::World world = models::start_world(network, options.which.seed, draws.number, log, draws.mirrored);
    run_sequential(world, t);
    if (t == models::start_of(network.calendar.total_days())) models::end_horizon(world);
    return {world.digest().value(), sim::hash_of(world)};
}

std::uint64_t Heard::print(models::Time from) const {
    sim::Hasher hasher;
    for (const models::Fact& fact : facts) {
        if (fact.at < from) continue;
        hasher.plain(fact.at);
        hasher.plain(fact.where);
        hasher.plain(fact.type);
        // A fact leaves no trace outside the program, so that it may have bytes between its fields. Where the compiler
        // can't clear them, time, place and kind are compared.
#if __has_builtin(__builtin_clear_padding)
        fact.visit([&](auto told) {
            alignas(decltype(told)) std::array<std::byte, sizeof told> bytes;
            std::memcpy(bytes.data(), &told, sizeof told);
            __builtin_clear_padding(reinterpret_cast<decltype(told)*>(bytes.data()));
            for (const std::byte byte : bytes) hasher.plain(byte);
        });
#endif
    }
    return hasher.value();
}

}  // namespace entrepot::tests

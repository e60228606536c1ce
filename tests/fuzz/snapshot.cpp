#include "sim/snapshot.hpp"

#include <cstring>
#include <sstream>

#include "files.hpp"
#include "models/conservation.hpp"
#include "models/simulate.hpp"
#include "scenarios/load.hpp"
#include "sim/run_sequential.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/snapshot_file.hpp"
#include "target.hpp"

/// A snapshot whose checksum is made right, read and taken on for some hours.
namespace entrepot::fuzz {

namespace {

constexpr char kIdentity[] = "made up";
constexpr std::size_t kSum = 12, kContent = kSum + 8 + 8 + sizeof kIdentity - 1;  ///< where they begin in the file

const models::Network& network() {
    static const models::Network network = [] {
        const std::vector<std::string> few{"items.count=5"};
        return scenarios::build(scenarios::load(shipped("tiny.toml"), few).loaded.value(), "S6");
    }();
    return network;
}

std::string sealed(std::string bytes) {
    if (bytes.size() < kContent) return bytes;
    const std::uint64_t sum = sim::snapshot::checksum(kIdentity, std::string_view(bytes).substr(kContent));
    std::memcpy(bytes.data() + kSum, &sum, sizeof sum);
    return bytes;
}

bool accepts_snapshot(std::string_view input) {
    static models::FactLog facts([](std::span<const models::Fact>) {});
    static const models::World start = models::start_world(network(), 1, 0, facts);
    models::World world = start;
    std::istringstream stream(sealed(std::string(input)));
    try {
        studies::cli::distrust("made up", 1, [&] {
            load(world, kIdentity, stream);
            check_conservation(world);
            run_sequential(world, world.now + sim::hours{6});
        });
        return true;
    } catch (const studies::cli::InputError&) {
        return false;
    }
}

std::vector<std::string> snapshot_seeds() {
    models::FactLog facts([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network(), 1, 0, facts);
    std::vector<std::string> seeds;
    for (const int days : {3, 10, 20}) {
        run_sequential(world, sim::kStart + sim::days{days} + sim::hours{11});
        std::ostringstream stream;
        save(world, kIdentity, stream);
        seeds.push_back(stream.str());
    }
    return seeds;
}

}  // namespace

const Target kSnapshot{"snapshot", accepts_snapshot, snapshot_seeds, false};

}  // namespace entrepot::fuzz

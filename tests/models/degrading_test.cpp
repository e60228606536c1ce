#include <algorithm>
#include <array>
#include <map>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// F9: whatever is down, customers order as they would have, and what the floor has it picks and ships. Each interface
/// alone and pairs of them, which begin in working hours; each run is held against the one without an outage, hour by
/// hour. Everything is seeded and nothing is counted by chance, so that it holds or does not.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using DegradingFloor = SmallWorld<OrderPlaced>;

struct Down {
    InterfaceName interface = InterfaceName::posting;
    double begins = 0, lasts = 0;  ///< hours since day 0; hours
};

/// Two warehouses with a web shop of its own view, suppliers who answer, customers who are told, waves every hour.
/// Shelves hold what they are believed to hold: what is missing is missing with and without an outage.
Network floor_of(FixtureStrategy strategy) {
    strategy.notices.at_risk_days = 2;
    strategy.gateway.counts_own_orders = true;
    strategy.integration.of(InterfaceName::gateway).every = 1h;
    strategy.waves.at_once = false;
    Network network = small_network({.days = 30});
    for (Site& site : network.sites) site.miscount_per_item_day = 0;
    for (Supplier& supplier : network.suppliers) supplier.confirms = supplier.announces = 1;
    for (Carrier& carrier : network.carriers) carrier.tells_delays = 20h;
    follow(network, strategy);
    return network;
}

/// Units of a line that the warehouse system has: they have left once so many of it have.
struct Released {
    std::size_t site = 0;
    std::uint32_t line = 0, serial = 0;
    Units until = 0;
};

std::vector<Released> released_in(const SiteState& site) {
    std::map<std::uint32_t, Units> units;
    for (std::uint32_t line = 0; line < site.lines.size(); ++line) {
        if (site.lines[line].order != kNone && site.lines[line].staged > 0) units[line] += site.lines[line].staged;
    }
    site.tasks.for_each([&](std::uint32_t index) {
        const Task& task = site.tasks[index];
        if (task.order == kNone || std::ranges::count(site.unreleased, index) > 0) return;
        for (std::uint32_t pick = task.first_pick; pick != kNone; pick = site.picks[pick].next) {
            units[site.picks[pick].line] += site.picks[pick].units;
        }
    });
    std::vector<Released> all;
    for (const auto& [line, of] : units) {
        all.push_back({site.id.index(), line, site.lines[line].serial, site.lines[line].shipped + of});
    }
    return all;
}

bool has_left(const SiteState& site, const Released& one) {
    const Line& line = site.lines[one.line];
    return line.order == kNone || line.serial != one.serial || line.shipped >= one.until;
}

struct Course {
    std::vector<std::array<std::int64_t, 3>> orders;  ///< microsecond, site, value
    std::map<std::pair<std::size_t, std::int64_t>, int> by_hour;
    std::size_t released = 0;  ///< lines that the floor had when the outage began
    std::vector<int> left;     ///< in so many hours, line by line
};

/// Until two business days after it began; a weekend may lie between.
Course course(const FixtureStrategy& strategy, const std::vector<Down>& outages, double begins) {
    Network network = floor_of(strategy);
    for (const Down& down : outages) {
        network.disturbances.push_back({.kind = Disturbance::Kind::outage,
                                        .first_day = 0,
                                        .interface = down.interface,
                                        .everywhere = true,
                                        .starts = sim::from_real<sim::hours>(down.begins),
                                        .lasts = sim::from_real<sim::hours>(down.lasts)});
    }
    finish(network);
    DegradingFloor floor(std::move(network));
    floor.run_until(0, begins);
    std::vector<Released> released;
    for (std::size_t site = 0; site < 2; ++site) {
        const std::vector<Released> here = released_in(floor.site(site));
        released.insert(released.end(), here.begin(), here.end());
    }
    constexpr int kHours = 96;
    Course seen{.orders = {}, .by_hour = {}, .released = released.size(), .left = {}};
    seen.left.assign(released.size(), kHours + 1);
    for (int hour = 1; hour <= kHours; ++hour) {
        floor.run_until(0, begins + hour);
        for (std::size_t i = 0; i < released.size(); ++i) {
            const bool left = has_left(floor.site(released[i].site), released[i]);
            if (left) seen.left[i] = std::min(seen.left[i], hour);
        }
    }
    for (const auto& [at, where, order] : floor.all<OrderPlaced>()) {
        const std::int64_t micros = at.time_since_epoch().count();
        seen.orders.push_back({micros, where, order.value_micros});
        ++seen.by_hour[{where, micros / 3'600'000'000}];
    }
    return seen;
}

std::string text_of(const std::vector<Down>& outages) {
    std::string text;
    for (const Down& down : outages) {
        text += std::string(name_of(down.interface)) + " from hour " + std::to_string(down.begins) + " for " +
                std::to_string(down.lasts) + "; ";
    }
    return text;
}

/// Nothing is ordered at another hour, and nothing that the floor had leaves later.
void holds(const Course& calm, const Course& down, const std::string& what) {
    ASSERT_EQ(calm.released, down.released) << what;
    EXPECT_EQ(calm.by_hour, down.by_hour) << what;
    EXPECT_EQ(calm.orders, down.orders) << what;
    int later = 0;
    for (std::size_t i = 0; i < calm.left.size(); ++i) later += down.left[i] > calm.left[i];
    EXPECT_EQ(later, 0) << "of " << calm.released << " lines, " << what;
}

std::vector<InterfaceName> interfaces() {
    std::vector<InterfaceName> all;
    for (std::size_t i = 0; i < kInterfaces; ++i) all.push_back(static_cast<InterfaceName>(i));
    return all;
}

constexpr double kWednesday = 16 * 24;

void each_alone(const FixtureStrategy& strategy, double begins) {
    const Course calm = course(strategy, {}, begins);
    ASSERT_GT(calm.released, 30u);
    ASSERT_GT(calm.orders.size(), 2000u);
    for (const InterfaceName interface : interfaces()) {
        for (const double lasts : {5.0, 24.0}) {
            const std::vector<Down> outages{{interface, begins, lasts}};
            holds(calm, course(strategy, outages, begins), text_of(outages));
        }
    }
}

TEST(Degrading, EachOutageAloneStopsNeitherOrdersNorWhatIsReleased) {
    each_alone(orchestrated_strategy(), kWednesday + 10.5);
}

TEST(Degrading, TheSameWhereANightlyBatchPosts) { each_alone(manual_strategy(), kWednesday + 10.5); }

/// Pairs that overlap: the second begins while the first lasts, or with it.
TEST(Degrading, PairsOfOutagesStopNeitherOrdersNorWhatIsReleased) {
    const sim::Draws draws(20261130, 0);
    constexpr std::uint32_t kPairs = 40;
    for (std::uint32_t i = 0; i < kPairs; ++i) {
        auto draw = draws.at(1, 9, i);
        const auto any = [&](double n) { return std::floor(draw.uniform() * n); };
        const double begins = (14 + any(5)) * 24 + 8 + any(9) + 0.5;  // Monday to Friday, 8:30 to 16:30
        const auto first = static_cast<std::size_t>(any(kInterfaces));
        const std::size_t second = (first + 1 + static_cast<std::size_t>(any(kInterfaces - 1))) % kInterfaces;
        const double lasts = 2 + any(30);
        const std::vector<Down> outages{{static_cast<InterfaceName>(first), begins, lasts},
                                        {static_cast<InterfaceName>(second), begins + any(lasts), 1 + any(30)}};
        const FixtureStrategy strategy = i % 2 == 0 ? orchestrated_strategy() : manual_strategy();
        holds(course(strategy, {}, begins), course(strategy, outages, begins), text_of(outages));
    }
}

}  // namespace
}  // namespace entrepot::tests

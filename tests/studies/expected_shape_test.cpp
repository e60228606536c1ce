#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "models/simulate.hpp"
#include "scenarios/load.hpp"

/// The realistic scenario has the shape that its story tells: in a spike the baseline runs dry in the Southeast while
/// the Mountain region holds too much, and overtime doesn't help. Signs and orders, not values; one replication of a
/// fixed seed each, so a verdict can't change by chance.
namespace entrepot::tests {
namespace {

using models::SiteId;

/// What one site did on one day.
struct Day {
    double ordered = 0, filled = 0;     ///< units, by the day of the first attempt's end
    double overtime = 0, straight = 0;  ///< person-hours
    double open_lines = 0;
    double t1_penalties = 0;               ///< currency
    double due = 0, on_time = 0;           ///< orders promised for the day
    double first_chances = 0, missed = 0;  ///< shipments
    std::vector<float> on_hand, forward_demand;
};

struct Watched {
    models::Network network;
    std::vector<std::vector<Day>> days;  ///< [site][day]

    SiteId site(std::string_view name) const {
        const auto& sites = network.sites;
        for (const SiteId id : sim::ids<SiteId>(sites)) {
            if (sites[id].name == name) return id;
        }
        throw std::out_of_range{std::string{name}};
    }
    /// Day numbers count from the start of the measured window.
    const Day& at(SiteId site, int day) const {
        return days[site.index()][static_cast<std::size_t>(network.calendar.warmup_days + day)];
    }
    template <class Part>
    double sum(SiteId site, int first, int end, Part part) const {
        double total = 0;
        for (int day = first; day < end; ++day) total += at(site, day).*part;
        return total;
    }
    double fill(SiteId site, int first, int end) const {
        return sum(site, first, end, &Day::filled) / sum(site, first, end, &Day::ordered);
    }
    double on_time(SiteId site, int first, int end) const {
        return sum(site, first, end, &Day::on_time) / sum(site, first, end, &Day::due);
    }
    double most_open(SiteId site, int first, int end) const {
        double most = 0;
        for (int day = first; day < end; ++day) most = std::max(most, at(site, day).open_lines);
        return most;
    }
};

Watched watch(const std::string& file, const std::string& strategy, std::uint32_t replication = 0) {
    const auto loaded =
        scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios" / file, std::vector<std::string>{});
    Watched watched{scenarios::build(*loaded.loaded, strategy), {}};
    const models::Network& network = watched.network;
    watched.days.assign(network.sites.size(),
                        std::vector<Day>(static_cast<std::size_t>(network.calendar.total_days() + 1)));
    models::FactLog log{[&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            if (fact.where >= network.sites.size()) continue;
            // What closes a day is told at the midnight after it.
            const auto now = fact.at.time_since_epoch();
            Day& today = watched.days[fact.where][static_cast<std::size_t>(now / sim::days{1})];
            Day& closing = watched.days[fact.where][static_cast<std::size_t>((now - sim::Duration{1}) / sim::days{1})];
            fact.visit([&]<class F>(const F& f) {
                if constexpr (std::is_same_v<F, models::LineFirstPass>) {
                    today.ordered += f.ordered;
                    today.filled += f.filled;
                } else if constexpr (std::is_same_v<F, models::PenaltyCharged>) {
                    if (f.tier == 0) today.t1_penalties += static_cast<double>(f.micros) * 1e-6;
                } else if constexpr (std::is_same_v<F, models::CarrierDeparted>) {
                    today.first_chances += f.first_chances;
                    today.missed += f.missed;
                } else if constexpr (std::is_same_v<F, models::OrderClosed>) {
                    auto& days = watched.days[fact.where];
                    if (f.promised_day >= days.size()) return;
                    Day& due = days[f.promised_day];
                    ++due.due;
                    due.on_time += f.in_full && !f.cancelled && !f.censored && f.delivered_day <= f.promised_day;
                } else if constexpr (std::is_same_v<F, models::LabourDay>) {
                    closing.overtime += f.overtime;
                    closing.straight += f.straight_available;
                } else if constexpr (std::is_same_v<F, models::BacklogAtClose>) {
                    closing.open_lines = f.open_lines;
                } else if constexpr (std::is_same_v<F, models::ItemsAtClose>) {
                    for (std::uint32_t i = 0; i < f.items; ++i) {
                        const models::Item& item = network.items[models::ItemId{f.first + i}];
                        if (item.velocity.value != 0 || !item.seasonal) continue;
                        closing.on_hand.push_back(static_cast<float>(f.on_hand[i]));
                        closing.forward_demand.push_back(f.forward_daily_demand[i]);
                    }
                }
            });
        }
    }};
    models::simulate(network, 20261123, replication, log);
    return watched;
}

/// Share of the seasonal A items' demand in items that lie too long at one site while another is nearly out of them.
double misplaced(const Watched& w, SiteId rich, SiteId poor, int day) {
    const Day &much = w.at(rich, day), &little = w.at(poor, day);
    double all = 0, bad = 0;
    for (std::size_t i = 0; i < much.on_hand.size(); ++i) {
        const double demand = much.forward_demand[i] + little.forward_demand[i];
        all += demand;
        if (much.on_hand[i] > 60 * much.forward_demand[i] && little.on_hand[i] < 4 * little.forward_demand[i]) {
            bad += demand;
        }
    }
    return bad / all;
}

constexpr int kSpike = 40, kSpikeEnd = 95;  // until two half-lives of decay are over

TEST(ExpectedShape, InTheSpikeTheBaselineRunsDryWhereItHurtsAndHoldsTooMuchElsewhere) {
    const Watched calm = watch("six_warehouses.toml", "S0"), spike = watch("seasonal_spike.toml", "S0");
    const SiteId se = spike.site("SE"), mt = spike.site("MT");

    const models::Site& terms = spike.network.sites[se];
    const double shift_hours = terms.shifts.front().end_hour - terms.shifts.front().start_hour;
    const double cap = terms.overtime_max_hours / shift_hours;  // of the straight time of those present
    int days_at_cap = 0;
    double misplaced_most = 0, worst_week = 1;
    for (int day = kSpike; day < kSpikeEnd; ++day) {
        const Day& today = spike.at(se, day);
        days_at_cap += today.straight > 0 && today.overtime >= 0.9 * cap * today.straight;
        misplaced_most = std::max(misplaced_most, misplaced(spike, mt, se, day));
        if (day + 7 <= kSpikeEnd) worst_week = std::min(worst_week, spike.fill(se, day, day + 7));
    }
    const double penalties_calm = calm.sum(se, kSpike, kSpikeEnd, &Day::t1_penalties);
    const double penalties_spike = spike.sum(se, kSpike, kSpikeEnd, &Day::t1_penalties);
    EXPECT_LE(worst_week, calm.fill(se, 0, 180) - 0.08);
    EXPECT_GE(days_at_cap, 10) << "days at the cap of overtime";
    EXPECT_GE(spike.most_open(se, kSpike, kSpikeEnd), 3 * calm.sum(se, 0, 180, &Day::open_lines) / 180);
    EXPECT_GE(misplaced_most, 0.20);
    EXPECT_GE(penalties_spike, 3 * penalties_calm);
}

TEST(ExpectedShape, OrchestrationServesTheSpikeBetterThanTheBaseline) {
    const Watched before = watch("seasonal_spike.toml", "S0"), after = watch("seasonal_spike.toml", "S6");
    double penalties_before = 0, penalties_after = 0;
    for (const SiteId site : sim::ids<SiteId>(before.network.sites)) {
        penalties_before += before.sum(site, kSpike, kSpikeEnd, &Day::t1_penalties);
        penalties_after += after.sum(site, kSpike, kSpikeEnd, &Day::t1_penalties);
    }
    const SiteId se = before.site("SE");
    EXPECT_GT(after.fill(se, kSpike, kSpikeEnd), before.fill(se, kSpike, kSpikeEnd));
    EXPECT_LT(penalties_after, penalties_before);
    EXPECT_GT(after.on_time(se, kSpike, kSpikeEnd), before.on_time(se, kSpike, kSpikeEnd) + 0.05);
}

/// In calm, carriers are no bottleneck: what lies at the dock at the cut-off leaves.
TEST(ExpectedShape, InCalmHardlyAShipmentMissesItsDeparture) {
    for (const char* strategy : {"S0", "S6"}) {
        const Watched calm = watch("six_warehouses.toml", strategy);
        for (const SiteId site : sim::ids<SiteId>(calm.network.sites)) {
            const double chances = calm.sum(site, 0, 180, &Day::first_chances);
            EXPECT_GT(chances, 50'000) << strategy;
            EXPECT_LE(calm.sum(site, 0, 180, &Day::missed), 0.02 * chances) << strategy;
        }
    }
}

}  // namespace
}  // namespace entrepot::tests

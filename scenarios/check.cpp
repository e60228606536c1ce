#include "scenarios/check.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "models/network/demand.hpp"
#include "scenarios/build.hpp"
#include "scenarios/checker.hpp"
#include "sim/printable.hpp"

namespace entrepot::scenarios {

namespace {

class PartChecker : Checker {
public:
    PartChecker(const Scenario& scenario, const Tree& tree, Problems& problems)
        : Checker(scenario, tree, problems), carriers_(names_of(s_.carriers)) {}

    void all() {
        calendar();
        products();
        demand();
        customers();
        sites();
        supply();
        transport();
        strategies();
        office();
        finance();
        spike();
        bursts();
    }

private:
    template <class T, class Share>
    void shares(const NamedList<T>& list, const Path& path, const std::string& what, Share share) {
        std::vector<double> values;
        for (const auto& entry : list) values.push_back(share(entry.value));
        if (!list.empty()) sums_to_one(values, path, what);
    }

    template <class T>
    bool some(const NamedList<T>& list, const std::string& key) {
        require(!list.empty(), {key}, "none", fmt::format("1 to {} tables [{}.NAME]", kMostParts<T>, key));
        return !list.empty();
    }

    bool sells(models::Channel channel) const {
        if (s_.demand.history) {
            const double share = s_.demand.history->ecommerce_share;
            return channel == models::Channel::b2b ? share < 1 : share > 0;
        }
        return (channel == models::Channel::b2b ? s_.demand.b2b : s_.demand.ecommerce).orders > 0;
    }

    void calendar() {
        const CalendarPart& c = s_.calendar;
        const int total = c.warmup_days + c.measure_days + c.cooldown_days;
        require(total <= kMostDays, {"calendar"}, fmt::format("a horizon of {} days", total),
                fmt::format("at most {}", kMostDays));
        for (const auto& [name, moment] : s_.moments) {
            require(moment.at <= sim::days{c.measure_days}, {"moment", name, "at"}, told(moment.at),
                    fmt::format("at most the measured {} d", c.measure_days));
            require(moment.since <= moment.at, {"moment", name, "since"}, told(moment.since),
                    "a moment that is not after `at`");
        }
    }

    void products() {
        if (!some(s_.classes, "class")) return;
        shares(s_.classes, {"class"}, "shares of the items", [](const ClassPart& c) { return c.item_share; });
        shares(s_.classes, {"class"}, "shares of the volume", [](const ClassPart& c) { return c.volume_share; });
        same_length(s_.items.pack_shares.size(), s_.items.packs.size(), {"items", "pack_shares"}, "pack");
        sums_to_one(s_.items.pack_shares, {"items", "pack_shares"}, "shares");
        const std::size_t locations = static_cast<std::size_t>(s_.items.count) * s_.sites.size();
        require(locations <= kMostLocations, {"items", "count"}, fmt::format("{} items x sites", locations),
                fmt::format("at most {}", kMostLocations));
    }

    void channel(const char* name, models::Channel which, const ChannelPart& part) {
        if (!sells(which)) return;
        const auto positive = [](const std::vector<double>& weights) {
            return std::accumulate(weights.begin(), weights.end(), 0.0) > 0;
        };
        require(positive(part.weekdays), {"demand", name, "weekdays"}, "no day with a weight",
                "7 weights, one above 0");
        require(positive(part.hours), {"demand", name, "hours"}, "no hour with a weight", "24 weights, one above 0");
        require(models::line_units_fit(part.units_per_line, part.units_cv2), {"demand", name, "units"},
                fmt::format("{} with a squared coefficient of variation of {}", part.units_per_line, part.units_cv2),
                fmt::format("lines of at most {} units, nearly always: choose a larger unit", models::kMostLineUnits));
        std::vector<double> tiers;
        for (const auto& tier : s_.tiers) {
            if (tier.value.tier.channel == which) tiers.push_back(tier.value.share);
        }
        if (tiers.empty()) return refuse({"tier"}, fmt::format("got no tier of the channel {}, want one", name));
        sums_to_one(tiers, {"tier"}, fmt::format("shares of the channel {}", name));
        if (!needs_carriers()) return;
        const bool carried = std::any_of(s_.carriers.begin(), s_.carriers.end(), [&](const auto& carrier) {
            return carrier.value.carrier.channel == which && !carrier.value.carrier.expedite;
        });
        require(carried, {"carrier"}, fmt::format("no carrier of the channel {}", name), "at least one");
    }

    bool sells_by_channel() const { return sells(models::Channel::b2b) || sells(models::Channel::ecommerce); }

    bool needs_carriers() const {
        return std::any_of(s_.sites.begin(), s_.sites.end(), [](const auto& site) {
            return site.value.site.handling == models::Handling::people && !site.value.site.ships_at_once;
        });
    }

    void demand() {
        require(sells_by_channel() || !s_.streams.empty(), {"demand"}, "no orders",
                "orders above 0 in b2b, in ecommerce, a history, or a stream");
        channel("b2b", models::Channel::b2b, s_.demand.b2b);
        channel("ecommerce", models::Channel::ecommerce, s_.demand.ecommerce);
        if (!s_.demand.history) return;
        const auto only = [&](bool present, const std::string& key) {
            require(!present, {key}, "a table beside demand.history", "one or the other: it changes described demand");
        };
        only(s_.spike.has_value(), "spike");
        only(!s_.bursts.empty(), "burst");
        only(!s_.promotions.empty(), "promotion");
        only(!s_.channel_shifts.empty(), "channel_shift");
    }

    void customers() { some(s_.tiers, "tier"); }

    void sites() {
        if (!some(s_.sites, "site")) return;
        if (!s_.demand.history && sells_by_channel()) {
            shares(s_.sites, {"site"}, "shares of the demand", [](const SitePart& p) { return p.share; });
        }
        for (const auto& [name, part] : s_.sites) {
            for (const auto& [shift, hours] : part.shifts) {
                require(hours.start_hour < hours.end_hour, {"site", name, "shift", shift, "end"},
                        fmt::format("{:02}:00 to {:02}:00", hours.start_hour, hours.end_hour),
                        "an end after the start, the same day");
            }
            require(part.shifts.size() <= 4, {"site", name, "shift"}, fmt::format("{} shifts", part.shifts.size()),
                    "at most 4");
            const auto& triangle = part.site.dock_to_stock;
            people(name, part.site);
            require(triangle[0] <= triangle[1] && triangle[1] <= triangle[2], {"site", name, "dock_to_stock"},
                    "times out of order", "the least, the most likely, the greatest");
        }
    }

    void people(const std::string& name, const models::Site& site) {
        if (site.handling == models::Handling::at_once) return;
        const bool all_at_once =
            std::ranges::all_of(s_.strategies, [](const auto& strategy) { return strategy.value.terms.waves.at_once; });
        const bool needs_rate = !site.pick_time || site.needs_hours_ahead() || !all_at_once;
        const Path pick{"site", name, "pick_rate"}, receive{"site", name, "receive_rate"};
        const std::string want = "a rate above 0 lines/h for its people";
        require(site.pickers == 0 || !needs_rate || written(tree_, pick), pick, "none", want);
        require(site.receivers == 0 || written(tree_, receive), receive, "none", want);
    }

    void comes_with(const std::string& name, bool one, bool other, const char* key, const char* with) {
        const Path segment{"supplier_segment", name};
        require(!one || other, below(segment, key), fmt::format("no {} beside it", with), fmt::format("{}, too", with),
                below(segment, with));
    }

    /// What a supplier tells, and how it works in bad spells.
    void reliability(const models::Supplier& terms, const std::string& name) {
        const auto needs = [&](bool given, bool there, const char* key, const char* what, const char* want) {
            require(!given || there, {"supplier_segment", name, key}, what, want);
        };
        const bool good = terms.good_spell.has_value(), bad = terms.bad_spell.has_value();
        const bool up = terms.uptime.has_value(), down = terms.downtime.has_value();
        comes_with(name, up, down, "uptime", "downtime");
        comes_with(name, down, up, "downtime", "uptime");
        comes_with(name, terms.stops_work, up, "stops_work", "uptime");
        comes_with(name, good, bad, "good_spell", "bad_spell");
        comes_with(name, bad, good, "bad_spell", "good_spell");
        const bool differs = terms.bad_lead_time != 1 || terms.bad_on_time != 1 || terms.bad_in_full != 1;
        needs(good && bad, differs, "bad_spell", "a bad spell that is as a good one",
              "bad_lead_time, bad_on_time or bad_in_full beside it");
        constexpr double kMinute = 60e6, kHour = 60 * kMinute;  // microseconds: one is drawn after the other
        if (good && bad) {
            needs(true, models::mean_of(*terms.good_spell) + models::mean_of(*terms.bad_spell) >= kHour, "good_spell",
                  "a bad spell each hour, or more of them", "an hour or more from one to the next");
        }
        needs(up && down, !up || models::mean_of(*terms.uptime) >= kMinute, "uptime", "less than a minute",
              "a minute or more on average: else its work would hardly ever end");
    }

    void supply() {
        if (!some(s_.segments, "supplier_segment")) return;
        shares(s_.segments, {"supplier_segment"}, "shares of the items",
               [](const SupplierSegment& p) { return p.item_share; });
        for (const auto& [name, part] : s_.segments) reliability(part.terms, name);
        int count = 0;
        for (const auto& segment : s_.segments) count += std::min(segment.value.count, 60'000);
        require(count <= 60'000, {"supplier_segment"}, fmt::format("{} suppliers", count), "at most 60000");
        if (count <= 60'000) suppliers_ = supplier_names(s_);
        sums_to_one({s_.suppliers.confirm_api, s_.suppliers.confirm_edi, s_.suppliers.confirm_email}, {"suppliers"},
                    "shares of the ways to confirm");
    }

    void transport() {
        if (needs_carriers() && some(s_.carriers, "carrier")) {
            const bool fast = std::any_of(s_.carriers.begin(), s_.carriers.end(),
                                          [](const auto& carrier) { return carrier.value.carrier.expedite; });
            require(fast, {"carrier"}, "no carrier with expedite = true", "at least one");
        }
        for (const auto& [name, part] : s_.carriers) {
            sums_to_one(part.carrier.transit_days, {"carrier", name, "transit"}, "probabilities");
            sums_to_one(part.carrier.late_days, {"carrier", name, "late_days"}, "probabilities");
        }
        for (const auto& [name, lane] : s_.transfers.lanes) {
            const bool from = exists(lane.from, sites_, {"transfers", "lane", name, "from"}, "the name of a site");
            const bool to = exists(lane.to, sites_, {"transfers", "lane", name, "to"}, "the name of a site");
            if (from && to) {
                require(lane.from != lane.to, {"transfers", "lane", name, "to"}, fmt::format("\"{}\"", lane.to),
                        "another site than from");
            }
            require(lane.lead_days > 0, {"transfers", "lane", name}, "no lead_time", "a duration > 0 d");
        }
        require(s_.transfers.least_days <= s_.transfers.most_days, {"transfers", "most_lead"}, "less than least_lead",
                "at least as much");
    }

    void strategies() {
        if (!some(s_.strategies, "strategy")) return;
        for (const auto& [name, strategy] : s_.strategies) {
            const models::Waves& terms = strategy.terms.waves;
            if (terms.at_once) continue;
            const bool waves = !terms.start_minutes.empty() || terms.interval.count() > 0;
            require(waves, {"strategy", name, "waves"}, "no waves", "starts, or an interval > 0 min");
        }
        for (const std::string& name : s_.study.strategies) {
            exists(name, strategies_, {"study", "strategies"}, "the name of a strategy");
        }
        exists(s_.study.comparator, strategies_, {"study", "comparator"}, "the name of a strategy");
        require(s_.name.size() <= sim::kMostOfName, {"name"}, fmt::format("{} characters", s_.name.size()),
                fmt::format("at most {}", sim::kMostOfName));
    }

    void office() {
        const models::Office& o = s_.office;
        require(o.productive_hours <= o.opening_hours, {"office", "productive_hours"},
                fmt::format("{:g} h", o.productive_hours),
                fmt::format("at most the {:g} h that the office is open", o.opening_hours));
        require(o.start_hour + o.opening_hours <= 24, {"office", "opening_hours"},
                fmt::format("{:g} h from {:02}:00 on", o.opening_hours, o.start_hour), "an end on the same day");
        require(o.forecast_hour <= o.start_hour, {"office", "forecast_update"},
                fmt::format("{:02}:00", o.forecast_hour),
                fmt::format("no later than the office opens, {:02}:00", o.start_hour));
    }

    void finance() {
        const auto most = static_cast<std::size_t>(s_.finance.years) + 1;
        require(s_.finance.other_cash_flows.size() <= most, {"finance", "other_cash_flows"},
                fmt::format("{} years", s_.finance.other_cash_flows.size()),
                fmt::format("at most {}: year 0 and the {} years of the horizon", most, s_.finance.years));
        const double weeks = 366.0 / 7, working = s_.calendar.working_days;
        const std::optional<double>& business_days = s_.finance.business_days_per_year;
        require(business_days.value_or(1) <= std::ceil(weeks * working), {"finance", "business_days"},
                fmt::format("{:g} days", business_days.value_or(1)),
                fmt::format("at most {:g}: a week has {:g} working days (calendar.working_days)",
                            std::ceil(weeks * working), working));
        spikes_per_year();
    }

    /// The days that the business case counts once for each spike must fit into a year so many times.
    void spikes_per_year() {
        const int days = spike_days(s_);
        const double year = days_per_year(s_), most = year / std::max(1, days);
        require(
            s_.finance.spikes_per_year * days <= year, {"finance", "spikes_per_year"},
            fmt::format("{:g} spikes of {} d, {:.0f} % of a year", s_.finance.spikes_per_year, days,
                        100 * s_.finance.spikes_per_year * days / year),
            fmt::format("at most {:g}: a year of {:g} d has room for no more", std::floor(1000 * most) / 1000, year));
    }

    void spike() {
        if (!s_.spike) return;
        for (const auto& [name, multiplier] : s_.spike->peak) {
            names(name, sites_, {"spike", "peak", name}, "the name of a site");
        }
    }

    void bursts() {
        for (const auto& [name, burst] : s_.bursts) {
            inside(burst.day, {"burst", name, "day"});
            exists(burst.at, sites_, {"burst", name, "at"}, "the name of a site");
            if (!exists(burst.tier, tiers_, {"burst", name, "tier"}, "the name of a tier")) continue;
            const models::Channel channel = s_.tiers[position(s_.tiers, burst.tier)].value.tier.channel;
            require(s_.demand.history || sells(channel), {"burst", name, "tier"}, "a tier of a channel without orders",
                    "one of a channel with orders");
        }
        // Sources of orders are counted in 16 bits: base demand and spike of two channels, and what the scenario names.
        constexpr std::size_t kMostSources = 65'535;
        const std::size_t sources =
            s_.sites.size() * (2 * (2 + s_.promotions.size() + s_.bursts.size()) + s_.streams.size());
        require(sources <= kMostSources, {"site"}, fmt::format("{} sources of demand at all sites", sources),
                fmt::format("at most {}: fewer bursts, promotions, streams or sites", kMostSources));
        for (const auto& [name, promotion] : s_.promotions) inside(promotion.day, {"promotion", name, "day"});
    }

    std::vector<std::string> carriers_, suppliers_;
};

/// Follows the path as far as it exists; how far that was in `depth`.
Origin origin_of(const Tree& tree, const Path& path, std::size_t& depth) {
    const Node* node = &tree.root;
    Origin origin = node->origin;
    for (depth = 0; depth < path.size(); ++depth) {
        const Table* table = node->table();
        if (table == nullptr) break;
        const auto entry =
            std::find_if(table->begin(), table->end(), [&](const Entry& e) { return e.key == path[depth]; });
        if (entry == table->end()) break;
        node = &entry->node;
        // A table stands where its name does; a value where it is itself.
        origin = node->table() ? entry->origin : node->origin;
    }
    return origin;
}

/// A day in two phases would count in one of them and be missing in the other's daily means.
void refuse_overlaps(const Scenario& scenario, const Tree& tree, Problems& problems) {
    for (auto later = scenario.phases.begin(); later != scenario.phases.end(); ++later) {
        for (auto earlier = scenario.phases.begin(); earlier != later && !problems.full(); ++earlier) {
            const PhasePart &first = earlier->value, &second = later->value;
            if (std::max(first.first_day, second.first_day) >= std::min(first.end_day, second.end_day)) continue;
            problems.push_back(
                at(tree, {"phase", later->name, "from"},
                   fmt::format("got days {} to {}, want none that are in phase.{} too, days {} to {}", second.first_day,
                               second.end_day, earlier->name, first.first_day, first.end_day)));
        }
    }
}

}  // namespace

std::optional<Origin> written(const Tree& tree, const Path& path) {
    std::size_t depth = 0;
    const Origin origin = origin_of(tree, path, depth);
    if (depth == path.size()) return origin;
    if (path.size() < 3) return std::nullopt;
    Path defaults(path.begin() + 1, path.end());
    defaults[0] = path[0] + "_defaults";
    const Origin there = origin_of(tree, defaults, depth);
    return depth == defaults.size() ? std::optional(there) : std::nullopt;
}

Problem at(const Tree& tree, const std::vector<std::string>& path, std::string message) {
    std::size_t depth = 0;
    const Origin origin = written(tree, path).value_or(origin_of(tree, path, depth));
    return {tree.files[static_cast<std::size_t>(origin.file)], origin.line, origin.column,
            fmt::format("{}", fmt::join(path, ".")), std::move(message)};
}

void check(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes) {
    PartChecker(scenario, tree, problems).all();
    check_rules(scenario, tree, problems);
    check_ordering(scenario, tree, problems);
    check_systems(scenario, tree, problems);
    check_customers(scenario, tree, problems);
    check_disturbances(scenario, tree, problems);
    check_governance(scenario, tree, problems);
    check_skills(scenario, tree, problems);
    check_data(scenario, tree, problems, notes);
    check_idle_decisions(scenario, tree, problems, notes);
    check_idle_systems(scenario, tree, problems, notes);
    check_unused(scenario, tree, problems, notes);
}

void place_phases(Scenario& scenario, const Tree& tree, Problems& problems) {
    const CalendarPart& c = scenario.calendar;
    const double measured_from = c.first_date() + c.warmup_days;
    const auto text = [](double date_of_day) { return format(date_of_day, date(), ""); };
    for (auto& [name, phase] : scenario.phases) {
        const bool dates = phase.first_day >= kDates || phase.end_day >= kDates;
        for (double* day : {&phase.first_day, &phase.end_day}) {
            if (*day >= kDates) *day -= kDates + measured_from;
        }
        if (0 <= phase.first_day && phase.first_day < phase.end_day && phase.end_day <= c.measure_days) continue;
        std::string got = fmt::format("days {} to {}", phase.first_day, phase.end_day);
        std::string want = fmt::format("a span within the measured {} d", c.measure_days);
        if (dates) {
            got += fmt::format(", that is {} to {}", text(measured_from + phase.first_day),
                               text(measured_from + phase.end_day));
            want += fmt::format(", {} to {}", text(measured_from), text(measured_from + c.measure_days));
        }
        problems.push_back(at(tree, {"phase", name, "to"}, fmt::format("got {}, want {}", got, want)));
    }
    refuse_overlaps(scenario, tree, problems);
}

}  // namespace entrepot::scenarios

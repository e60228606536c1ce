#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

class RuleChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        streams();
        pools();
        crew_pools();
        expectations();
        calibration();
    }

private:
    void streams() {
        for (const auto& [name, part] : s_.streams) {
            const Path path{"stream", name};
            if (!part.site.empty()) exists(part.site, sites_, {"stream", name, "site"}, "the name of a site");
            exists(part.tier, tiers_, {"stream", name, "tier"}, "the name of a tier");
            item_exists(part.item, {"stream", name, "item"});
            const models::DemandStream& stream = part.stream;
            baskets(name, part);
            if (!stream.interarrival_time) continue;
            require(models::mean_of(*stream.interarrival_time) > 0, {"stream", name, "interarrival_time"},
                    "a time of 0", "a mean above 0 s");
            const bool modulated = stream.cycle || stream.bursty || !part.steps.empty();
            require(!modulated || std::holds_alternative<models::ExponentialTime>(*stream.interarrival_time),
                    {"stream", name, "interarrival_time"}, "a distribution that isn't exponential",
                    "an exponential one, because the rate changes with time");
            require(!part.each_item || std::holds_alternative<models::ExponentialTime>(*stream.interarrival_time),
                    {"stream", name, "interarrival_time"}, "a distribution that isn't exponential",
                    "an exponential one, because each item has such orders");
            require(!part.each_item || part.item.empty(), {"stream", name, "item"}, fmt::format("\"{}\"", part.item),
                    "nothing: each item has such orders");
            for (const auto& [step, value] : part.steps) {
                require(value.from < value.to, {"stream", name, "step", step, "to"}, "an end before the start",
                        "an end after it");
            }
            if (stream.correlation != 0) {
                const Path at{"stream", name, "correlation"};
                const std::string got = fmt::format("{}", stream.correlation);
                require(stream.units && !std::holds_alternative<models::ConstantCount>(*stream.units), at, got,
                        "0, because the units of a line are not random");
                require(stream.lines_mean == 1, at, got, "0, because orders have several lines");
                require(!modulated, at, got, "0 beside a cycle, steps or bursts, which leave orders out");
            }
            few_enough(name, part);
            if (stream.units) heard_in_full(name, part);
        }
    }

    /// What customer service hears of a short line is counted in 16 bits.
    void heard_in_full(const std::string& name, const StreamPart& part) {
        constexpr models::Units kMost = 65'535;
        const std::size_t tier = position(s_.tiers, part.tier);
        if (tier == s_.tiers.size() || s_.tiers[tier].value.tier.escalation_probability <= 0) return;
        const models::CountDistribution& units = *part.stream.units;
        const auto* listed = std::get_if<models::ListedCount>(&units);
        models::Units most = 0;
        for (std::size_t i = 0; listed && i < listed->size(); ++i) {
            most = std::max(most, static_cast<models::Units>(listed->value(i)));
        }
        if (!listed) most = models::draw(units, 1 - 0x1p-53);
        require(most <= kMost, {"stream", name, "units"},
                fmt::format("lines of up to {} units in a tier that escalates", most),
                fmt::format("at most {}: choose a larger unit", kMost));
    }

    /// Orders with given lines leave nothing else to be said of the lines.
    void baskets(const std::string& name, const StreamPart& part) {
        if (part.baskets.empty()) return;
        const Path path{"stream", name, "basket"};
        double sum = 0;
        for (const auto& [basket, lines] : part.baskets) {
            const Path items{"stream", name, "basket", basket, "items"},
                units{"stream", name, "basket", basket, "units"};
            sum += lines.probability;
            for (const std::string& item : lines.items) item_exists(item, items);
            if (!lines.units.empty()) same_length(lines.units.size(), lines.items.size(), units, "item");
        }
        require(std::abs(sum - 1) <= 1e-3, path, fmt::format("probabilities that sum to {:.6g}", sum), "a sum of 1");
        const auto none = [&](bool given, const char* key) {
            require(!given, {"stream", name, key}, "lines said in two ways: there are baskets", "one of them");
        };
        none(!part.item.empty(), "item");
        none(part.each_item, "each_item");
        none(part.stream.lines_mean != 1, "lines");
        none(part.stream.units.has_value(), "units");
        none(part.stream.correlation != 0, "correlation");
    }

    /// Mean units of an order.
    static double units_of_order(const StreamPart& part) {
        if (part.baskets.empty()) {
            return (part.stream.units ? models::mean_of(*part.stream.units) : 1) * part.stream.lines_mean;
        }
        double mean = 0;
        for (const auto& [basket, lines] : part.baskets) {
            const double units = lines.units.empty() ? static_cast<double>(lines.items.size())
                                                     : std::accumulate(lines.units.begin(), lines.units.end(), 0.0);
            mean += lines.probability * units;
        }
        return mean;
    }

    /// Units are counted in 32 bits: those of an item over the whole horizon, those of all items on a day.
    void few_enough(const std::string& name, const StreamPart& part) {
        constexpr double kMost = 1.5e9;
        const models::DemandStream& stream = part.stream;
        const double between = models::mean_of(*stream.interarrival_time) / (86'400 * 1e6);
        const int days = s_.calendar.warmup_days + s_.calendar.measure_days + s_.calendar.cooldown_days;
        const double units = units_of_order(part);
        const bool of_one_item = !part.item.empty() || !part.baskets.empty() || part.each_item || s_.items.count == 1;
        const double a_day = between > 0 ? units / between : 0, total = a_day * days;
        if (!of_one_item) {  // who knows how they spread
            return require(a_day <= kMost, {"stream", name, "units"}, fmt::format("{:.0f} units a day", a_day),
                           "at most 1500000000: choose a larger unit");
        }
        require(total <= kMost, {"stream", name, "units"}, fmt::format("{:.0f} units of one item in all", total),
                "at most 1500000000: choose a larger unit");
    }

    /// Somebody replenishes the site: an inventory policy, or a strategy that has other policies.
    bool has_policy(const std::string& site) const {
        const auto plans = [](const auto& strategy) {
            return strategy.value.replenishment.policy != ReplenishmentPart::kStockRules;
        };
        const auto rules = [&](const auto& stock) {
            return stock.value.scope.site.empty() || stock.value.scope.site == site;
        };
        return std::ranges::any_of(s_.strategies, plans) || std::ranges::any_of(s_.stocks, rules);
    }

    void pools() {
        for (const auto& [name, part] : s_.pools) {
            const Path path{"pool", name, "sites"};
            for (const auto& [key, members] : {std::pair{"sites", part.sites}, std::pair{"lenders", part.lenders}}) {
                for (std::size_t i = 0; i < members.size(); ++i) {
                    if (!exists(members[i], sites_, {"pool", name, key}, "the name of a site")) continue;
                    require(std::find(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(i), members[i]) ==
                                members.begin() + static_cast<std::ptrdiff_t>(i),
                            {"pool", name, key}, fmt::format("\"{}\" again", members[i]), "each site once");
                }
            }
            for (const std::string& site : part.sites.empty() ? sites_ : part.sites) {
                const bool known = std::ranges::find(sites_, site) != sites_.end();
                require(!known || has_policy(site), path, fmt::format("\"{}\" without an inventory policy", site),
                        "sites with a [stock.NAME]");
            }
            const bool one = part.sites.size() == 1 && part.lenders.empty();
            require(!one && sites_.size() > 1, path, "one site", "at least two");
        }
    }

    /// A site lends to its own pool alone, and reckons by its pick rate what it can spare.
    void crew_pools() {
        std::unordered_set<std::string> taken;
        for (const auto& [name, part] : s_.crew_pools) {
            const Path path{"crew_pool", name, "sites"};
            for (const std::string& site : part.sites.empty() ? sites_ : part.sites) {
                if (!exists(site, sites_, path, "the name of a site")) continue;
                require(taken.insert(site).second, path, fmt::format("\"{}\" again", site),
                        "each site once, in one crew_pool");
                const models::Site& terms = s_.sites[position(s_.sites, site)].value.site;
                require(terms.handling == models::Handling::people, path, fmt::format("\"{}\" without people", site),
                        "sites with handling = \"people\"");
                require(terms.pick_lines_per_hour > 0, path, fmt::format("\"{}\" without a pick rate", site),
                        "sites whose pick_rate says how long the work ahead takes");
            }
            require(part.sites.size() != 1 && sites_.size() > 1, path, "one site", "at least two");
        }
    }

    void tolerance(const std::string& name, const Expectation& e) {
        const Path relative{"verify", name, "relative"}, absolute{"verify", name, "absolute"};
        const Path bound{"verify", name, e.at_least ? "at_least" : "at_most"};
        const bool tolerant = e.relative > 0 || e.absolute > 0;
        if (e.never) {
            require(!e.expected, {"verify", name, "expected"}, "a value beside never = true", "one of them");
            require(!e.bounded(), bound, "a bound beside never = true", "one of them");
            require(!tolerant, e.relative > 0 ? relative : absolute, "a tolerance beside never = true", "none");
            return;
        }
        if (e.bounded()) {
            require(!e.expected, bound, "a bound beside `expected`", "one of them");
            require(!tolerant, e.relative > 0 ? relative : absolute, "a tolerance beside a bound",
                    "none: the estimate's interval must reach the bound");
            if (e.at_least && e.at_most) {
                require(*e.at_least <= *e.at_most, {"verify", name, "at_most"}, "less than at_least",
                        "at least as much");
            }
            return;
        }
        require(e.expected.has_value(), {"verify", name, "expected"}, "nothing",
                "a number, or at_least, at_most, or never = true");
        require(tolerant, {"verify", name}, "no tolerance", "either relative or absolute");
        require(e.relative == 0 || e.absolute == 0, absolute, "a second tolerance, beside relative", "one of them");
        require(e.relative == 0 || e.expected != 0.0, relative,
                "a share of the expected value, which is 0: no tolerance at all", "absolute");
    }

    /// The part of the network that a result is of.
    template <class Of>
    void place(const std::string& table, const std::string& name, const Of& e) {
        std::vector<std::string> phases;
        for (const auto& phase : s_.phases) phases.push_back(phase.name);
        if (!e.site.empty()) exists(e.site, sites_, {table, name, "site"}, "the name of a site");
        if (!e.tier.empty()) exists(e.tier, tiers_, {table, name, "tier"}, "the name of a tier");
        if (!e.phase.empty()) exists(e.phase, phases, {table, name, "phase"}, "the name of a phase");
    }

    void calibration() {
        for (const auto& [name, band] : s_.calibration) {
            place("calibration", name, band);
            require(band.at_least || band.at_most, {"calibration", name}, "no bounds", "at_least, at_most, or both");
            if (!band.at_least || !band.at_most) continue;
            require(*band.at_least <= *band.at_most, {"calibration", name, "at_most"}, "less than at_least",
                    "at least as much");
        }
    }

    void expectations() {
        const std::vector<std::string> moments = names_of(s_.moments);
        for (const auto& [name, e] : s_.expectations) {
            tolerance(name, e);
            if (!e.strategy.empty())
                exists(e.strategy, strategies_, {"verify", name, "strategy"}, "the name of a strategy");
            place("verify", name, e);
            if (e.moment.empty()) continue;
            exists(e.moment, moments, {"verify", name, "moment"}, "the name of a moment");
            require(e.phase.empty() && e.tier.empty(), {"verify", name, "moment"}, "a phase or a tier beside a moment",
                    "a moment, and a site perhaps");
        }
    }
};

}  // namespace

void check_rules(const Scenario& scenario, const Tree& tree, Problems& problems) {
    RuleChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios

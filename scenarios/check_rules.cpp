#include <algorithm>
#include <map>
#include <set>

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
        stocks();
        pools();
        laws();
        expectations();
    }

private:
    void streams() {
        for (const auto& [name, part] : s_.streams) {
            const Path path{"stream", name};
            if (!part.site.empty()) exists(part.site, sites_, {"stream", name, "site"}, "the name of a site");
            exists(part.tier, tiers_, {"stream", name, "tier"}, "the name of a tier");
            item_exists(part.item, {"stream", name, "item"});
            const models::DemandStream& stream = part.stream;
            if (!stream.between) continue;
            require(models::mean_of(*stream.between) > 0, {"stream", name, "between"}, "a time of 0",
                    "a mean above 0 s");
            const bool modulated = stream.cycle || stream.bursty || !part.steps.empty();
            require(!modulated || std::holds_alternative<models::ExponentialTime>(*stream.between),
                    {"stream", name, "between"}, "a law with a memory", "exponential: the rate changes with time");
            require(!part.each_item || std::holds_alternative<models::ExponentialTime>(*stream.between),
                    {"stream", name, "between"}, "a law with a memory", "exponential: each item has such orders");
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
                        "none without random units");
                require(stream.lines_mean == 1, at, got, "none where orders have several lines");
                require(!modulated, at, got, "none beside a cycle, steps or bursts: some of their orders don't come");
            }
            few_enough(name, part);
            if (!stream.units) continue;
            if (const auto* listed = std::get_if<models::ListedCount>(&*stream.units)) {
                const Path at{"stream", name, "units", "probabilities"};
                if (!listed->probabilities.empty()) sums_to_one(listed->probabilities, at, "probabilities");
                one_each(listed->values.size(), listed->probabilities.size(), at);
            }
            heard_in_full(name, part);
            if (const auto* uniform = std::get_if<models::UniformCount>(&*stream.units)) {
                require(uniform->least <= uniform->most, {"stream", name, "units", "to"}, "less than from",
                        "at least as much");
            }
        }
    }

    /// What customer service hears of a short line is counted in 16 bits.
    void heard_in_full(const std::string& name, const StreamPart& part) {
        constexpr models::Units kMost = 65'535;
        const std::size_t tier = position(s_.tiers, part.tier);
        if (tier == s_.tiers.size() || s_.tiers[tier].value.tier.escalation_probability <= 0) return;
        const models::CountLaw& units = *part.stream.units;
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

    /// Units are counted in 32 bits: those of an item over the whole horizon, those of all items on a day.
    void few_enough(const std::string& name, const StreamPart& part) {
        constexpr double kMost = 1.5e9;
        const models::DemandStream& stream = part.stream;
        const double between = models::mean_of(*stream.between) / (86'400 * 1e6);
        const int days = s_.calendar.warmup_days + s_.calendar.measure_days + s_.calendar.cooldown_days;
        const double units = (stream.units ? models::mean_of(*stream.units) : 1) * stream.lines_mean;
        const bool of_one_item = !part.item.empty() || part.each_item || s_.items.count == 1;
        const double a_day = between > 0 ? units / between : 0, total = a_day * days;
        if (!of_one_item) {  // who knows how they spread
            return require(a_day <= kMost, {"stream", name, "units"}, fmt::format("{:.0f} units a day", a_day),
                           "at most 1500000000: choose a larger unit");
        }
        require(total <= kMost, {"stream", name, "units"}, fmt::format("{:.0f} units of one item in all", total),
                "at most 1500000000: choose a larger unit");
    }

    /// Lists of values and of their probabilities, either of which may be missing.
    void one_each(std::size_t values, std::size_t probabilities, const Path& path) {
        if (values > 0 && probabilities > 0) same_length(probabilities, values, path, "value");
    }

    /// What a law of times can't mean, wherever it stands.
    void law(const std::optional<models::TimeLaw>& given, const Path& path) {
        if (given) law(*given, path);
    }
    void law(const models::TimeLaw& given, const Path& path) {
        const auto below = [&](const char* key) {
            Path longer = path;
            longer.emplace_back(key);
            return longer;
        };
        if (const auto* uniform = std::get_if<models::UniformTime>(&given)) {
            require(uniform->least <= uniform->most, below("to"), told(uniform->most), "at least as much as from");
        }
        if (const auto* triangle = std::get_if<models::TriangularTime>(&given)) {
            require(triangle->least <= triangle->mode && triangle->mode <= triangle->most, below("mode"),
                    told(triangle->mode), "a time between from and to");
        }
        if (const auto* listed = std::get_if<models::ListedTime>(&given)) {
            if (!listed->probabilities.empty()) {
                sums_to_one(listed->probabilities, below("probabilities"), "probabilities");
            }
            one_each(listed->times.size(), listed->probabilities.size(), below("probabilities"));
        }
    }

    void laws() {
        for (const auto& [name, part] : s_.streams) law(part.stream.between, {"stream", name, "between"});
        for (const auto& [name, part] : s_.tiers) {
            law(part.tier.patience, {"tier", name, "patience"});
            law(part.tier.pick_time, {"tier", name, "pick_time"});
        }
        for (const auto& [name, part] : s_.pools) law(part.pool.transit, {"pool", name, "transit"});
        for (const auto& [name, part] : s_.sites) {
            law(part.site.pick_time, {"site", name, "pick_time"});
            law(part.site.repair, {"site", name, "repair"});
        }
        for (const auto& [name, part] : s_.segments) {
            law(part.terms.lead_time, {"supplier_segment", name, "request_time"});
            law(part.terms.preparation, {"supplier_segment", name, "preparation"});
            law(part.terms.up, {"supplier_segment", name, "up"});
            law(part.terms.down, {"supplier_segment", name, "down"});
        }
        for (const auto& [name, part] : s_.stocks) {
            law(part.rule.transit, {"stock", name, "transit"});
            if (part.rule.second) law(part.rule.second->time, {"stock", name, "second", "time"});
        }
    }

    void pools() {
        std::vector<std::string> members;
        for (const auto& [name, part] : s_.pools) {
            const Path path{"pool", name, "sites"};
            for (const std::string& site : part.sites.empty() ? sites_ : part.sites) {
                if (!exists(site, sites_, path, "the name of a site")) continue;
                require(std::ranges::count(members, site) == 0, path, fmt::format("\"{}\" again", site),
                        "each site in one pool, once");
                members.push_back(site);
                const bool ruled = std::ranges::any_of(
                    s_.stocks, [&](const auto& stock) { return stock.value.site.empty() || stock.value.site == site; });
                require(ruled, path, fmt::format("\"{}\" without a stock rule", site), "sites with a [stock.NAME]");
            }
            require(part.sites.size() != 1 && sites_.size() > 1, path, "one site", "two at least");
        }
    }

    /// Made-up items are named by their class; listed and recorded ones can't be checked here.
    void item_exists(const std::string& name, const Path& path) {
        if (name.empty() || !s_.items.file.empty() || s_.demand.history) return;
        exists(name, made_up_names(s_), path, "the name of an item");
    }

    /// How much an order is, and when there is one.
    void amounts(const std::string& name, const models::StockRule& rule) {
        const Path level{"stock", name, "order_up_to"}, quantity{"stock", name, "quantity"};
        const bool up_to = rule.order_up_to != 0, fixed = rule.quantity > 0;
        require(!up_to || !fixed, quantity, fmt::format("{} beside order_up_to = {}", rule.quantity, rule.order_up_to),
                "one of them: an order is of fixed size, or restores a level");
        if (rule.reorder_point && !fixed) {
            require(rule.order_up_to > *rule.reorder_point, level,
                    written(tree_, level) ? fmt::format("{}", rule.order_up_to) : "nothing",
                    "a level above the reorder point, or a quantity");
        }
        const bool orders = rule.reorder_point || rule.forecast || rule.always > 0 || rule.second;
        require(orders || !fixed, quantity, fmt::format("{} without a reorder point", rule.quantity),
                "a reorder_point, at or below which the quantity is ordered");
        require(orders || !up_to || fixed, level, fmt::format("{} without a reorder point", rule.order_up_to),
                fmt::format("a reorder_point, at or below which an order is made: {} for a base stock",
                            rule.order_up_to - 1));
    }

    /// Of two rules for the same locations the first would never apply.
    void same_places() {
        std::map<std::pair<std::string, std::string>, std::string> last;
        for (const auto& [name, part] : s_.stocks) {
            std::string& other = last[{part.site, part.item}];
            if (!other.empty()) {
                const Problem there = at(tree_, {"stock", other}, "");
                refuse({"stock", name}, fmt::format("got the same sites and items as stock.{} ({}:{}), want one rule "
                                                    "for them: the first would never apply",
                                                    other, there.file, there.line));
            }
            other = name;
        }
    }

    void stocks() {
        require(s_.stocks.size() <= 60'000, {"stock"}, fmt::format("{} rules", s_.stocks.size()), "at most 60000");
        for (const auto& [name, part] : s_.stocks) {
            const models::StockRule& rule = part.rule;
            if (!part.site.empty()) exists(part.site, sites_, {"stock", name, "site"}, "the name of a site");
            item_exists(part.item, {"stock", name, "item"});
            if (rule.forecast) {
                const Path at{"stock", name, "forecast"};
                require(rule.review.count() > 0, at, "a forecast without reviews", "a review interval: its period");
                require(!rule.reorder_point, {"stock", name, "reorder_point"}, "a reorder point beside a forecast",
                        "one or the other");
                require(rule.quantity == 0 && rule.always == 0, at, "a forecast beside fixed quantities",
                        "neither quantity nor always: the level says how much");
            }
            amounts(name, rule);
            for (const auto& [season, shift] : part.shifts) {
                require(shift.from >= -sim::days{s_.calendar.warmup_days}, {"stock", name, "season", season, "from"},
                        told(shift.from), "a time in the run, which begins with the warm-up");
                require(shift.from < shift.to, {"stock", name, "season", season, "to"}, told(shift.to),
                        "a later time than from");
                require(shift.every.count() == 0 || shift.to - shift.from <= shift.every,
                        {"stock", name, "season", season, "every"}, told(shift.every), "at least its own length");
            }
            require(rule.always == 0 || rule.review.count() > 0, {"stock", name, "always"},
                    fmt::format("{}", rule.always), "nothing without a review interval");
            if (rule.second && rule.second->looks_ahead.count() > 0) {
                require(rule.second->up_to.has_value(), {"stock", name, "second", "looks_ahead"},
                        told(rule.second->looks_ahead), "nothing without up_to, the level that it is for");
            }
            if (part.source.empty()) continue;
            if (!exists(part.source, sites_, {"stock", name, "source"}, "the name of a site")) continue;
            require(part.source != part.site, {"stock", name, "source"}, fmt::format("\"{}\"", part.source),
                    "another site than the rule's own");
        }
        same_places();
        supply_chain_ends();
    }

    /// The rule of an item at a site is the last one that names both, or all; no name stands for an item without a rule
    /// of its own.
    const Named<StockPart>* rule_of(const std::string& site, const std::string& item) const {
        const auto fits = [&](const auto& rule) {
            return (rule.value.site.empty() || rule.value.site == site) &&
                   (rule.value.item.empty() || rule.value.item == item);
        };
        const auto found = std::find_if(s_.stocks.rbegin(), s_.stocks.rend(), fits);
        return found == s_.stocks.rend() ? nullptr : &*found;
    }

    /// Sites that supply each other in a circle would wait for ever.
    void supply_chain_ends() {
        std::set<std::string> items{""}, refused;
        for (const auto& rule : s_.stocks) items.insert(rule.value.item);
        for (const std::string& item : items) {
            for (const auto& site : s_.sites) {
                const Named<StockPart>* const first = rule_of(site.name, item);
                std::size_t steps = 0;
                for (auto rule = first; rule && !rule->value.source.empty(); rule = rule_of(rule->value.source, item)) {
                    if (++steps <= s_.sites.size()) continue;
                    if (!refused.insert(first->name).second) break;
                    refuse({"stock", first->name, "source"},
                           fmt::format("got \"{}\", want a chain of sources that ends at a supplier",
                                       first->value.source));
                    break;
                }
            }
        }
    }

    void tolerance(const std::string& name, const Expectation& e) {
        const Path relative{"verify", name, "relative"}, absolute{"verify", name, "absolute"};
        const bool tolerant = e.relative > 0 || e.absolute > 0;
        if (e.never) {
            require(!e.expected, {"verify", name, "expected"}, "a value beside never = true", "one of them");
            require(!tolerant, e.relative > 0 ? relative : absolute, "a tolerance beside never = true", "none");
            return;
        }
        require(e.expected.has_value(), {"verify", name, "expected"}, "nothing", "a number, or never = true");
        require(tolerant, {"verify", name}, "no tolerance", "either relative or absolute");
        require(e.relative == 0 || e.absolute == 0, absolute, "a second tolerance, beside relative", "one of them");
        require(e.relative == 0 || e.expected != 0.0, relative,
                "a share of the expected value, which is 0: no tolerance at all", "absolute");
    }

    void expectations() {
        std::vector<std::string> phases;
        for (const auto& phase : s_.phases) phases.push_back(phase.name);
        for (const auto& [name, e] : s_.expectations) {
            tolerance(name, e);
            if (!e.strategy.empty())
                exists(e.strategy, strategies_, {"verify", name, "strategy"}, "the name of a strategy");
            if (!e.site.empty()) exists(e.site, sites_, {"verify", name, "site"}, "the name of a site");
            if (!e.tier.empty()) exists(e.tier, tiers_, {"verify", name, "tier"}, "the name of a tier");
            if (!e.phase.empty()) exists(e.phase, phases, {"verify", name, "phase"}, "the name of a phase");
            if (e.moment.empty()) continue;
            exists(e.moment, names_of(s_.moments), {"verify", name, "moment"}, "the name of a moment");
            require(e.phase.empty() && e.tier.empty(), {"verify", name, "moment"}, "a phase or a tier beside a moment",
                    "a moment, and a site perhaps");
        }
    }
};

}  // namespace

void check_rules(const Scenario& scenario, const Tree& tree, std::vector<Problem>& problems) {
    RuleChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios

#include "scenarios/check.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/kind.hpp"

namespace entrepot::scenarios {

namespace {

using Path = std::vector<std::string>;

template <class T>
std::vector<std::string> names_of(const NamedList<T>& list) {
    std::vector<std::string> names;
    for (const auto& entry : list) names.push_back(entry.name);
    return names;
}

/// Where the path's value stands in the file, in its table or in that of its defaults; nothing where it is not written.
std::optional<Origin> written(const Tree& tree, const Path& path);

class Checker {
public:
    Checker(const Scenario& scenario, const Tree& tree, std::vector<Problem>& problems)
        : s_(scenario),
          tree_(tree),
          problems_(problems),
          sites_(names_of(s_.sites)),
          tiers_(names_of(s_.tiers)),
          carriers_(names_of(s_.carriers)),
          strategies_(names_of(s_.strategies)) {}

    void all() {
        calendar();
        products();
        demand();
        customers();
        sites();
        supply();
        transport();
        strategies();
        streams();
        stocks();
        pools();
        laws();
        expectations();
        finance();
        spike();
        bursts();
        disturbances();
    }

private:
    void refuse(const Path& path, std::string message) { problems_.push_back(at(tree_, path, std::move(message))); }

    void require(bool good, const Path& path, const std::string& got, const std::string& want) {
        if (!good) refuse(path, fmt::format("got {}, want {}", got, want));
    }

    /// A name must be one of those that exist.
    bool exists(const std::string& name, const std::vector<std::string>& known, const Path& path, const char* noun) {
        if (std::find(known.begin(), known.end(), name) != known.end()) return true;
        const bool few = known.size() <= 12;
        refuse(path, fmt::format("got \"{}\", want {}{}{}", name, noun,
                                 few && !known.empty() ? fmt::format(", one of {}", fmt::join(known, ", ")) : "",
                                 suggestion(name, known)));
        return false;
    }

    /// Shares of a whole. The tolerance lets 1/3 be written with four digits.
    void sums_to_one(const std::vector<double>& shares, const Path& path, const std::string& what) {
        const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        require(std::abs(sum - 1) <= 1e-3, path, fmt::format("{} that sum to {:.6g}", what, sum), "a sum of 1");
    }

    template <class T, class Share>
    void shares(const NamedList<T>& list, const Path& path, const std::string& what, Share share) {
        std::vector<double> values;
        for (const auto& entry : list) values.push_back(share(entry.value));
        if (!list.empty()) sums_to_one(values, path, what);
    }

    template <class T>
    bool some(const NamedList<T>& list, const std::string& key, std::size_t most) {
        const bool good = !list.empty() && list.size() <= most;
        require(good, {key}, list.empty() ? "none" : fmt::format("{}", list.size()),
                fmt::format("1 to {} tables [{}.NAME]", most, key));
        return good;
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
        for (const auto& [name, phase] : s_.phases) {
            require(phase.first_day < phase.end_day && phase.end_day <= c.measure_days, {"phase", name, "to"},
                    fmt::format("days {} to {}", phase.first_day, phase.end_day),
                    fmt::format("a span within the measured {} d", c.measure_days));
        }
        for (const auto& [name, moment] : s_.moments) {
            require(moment.at <= sim::days{c.measure_days}, {"moment", name, "at"}, told(moment.at),
                    fmt::format("at most the measured {} d", c.measure_days));
            require(moment.since <= moment.at, {"moment", name, "since"}, told(moment.since),
                    "no later moment than `at`");
        }
    }

    void products() {
        if (!some(s_.classes, "class", 100)) return;
        shares(s_.classes, {"class"}, "shares of the items", [](const ClassPart& c) { return c.item_share; });
        shares(s_.classes, {"class"}, "shares of the volume", [](const ClassPart& c) { return c.volume_share; });
        require(s_.items.packs.size() == s_.items.pack_shares.size(), {"items", "pack_shares"},
                fmt::format("{} shares", s_.items.pack_shares.size()),
                fmt::format("one for each of the {} packs", s_.items.packs.size()));
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
        std::vector<double> tiers;
        for (const auto& tier : s_.tiers) {
            if (tier.value.tier.channel == which) tiers.push_back(tier.value.share);
        }
        if (tiers.empty())
            return refuse({"tier"}, fmt::format("got no tier of the channel {}, want at least one", name));
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
    }

    void customers() { some(s_.tiers, "tier", 100); }

    void sites() {
        if (!some(s_.sites, "site", kMostSites)) return;
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
            std::ranges::all_of(s_.strategies, [](const auto& strategy) { return strategy.value.waves.at_once; });
        const bool needs_rate = !site.pick_time || site.overtime_max_hours > 0 || !all_at_once;
        const Path pick{"site", name, "pick_rate"}, receive{"site", name, "receive_rate"};
        const std::string want = "a rate above 0 lines/h for its people";
        require(site.pickers == 0 || !needs_rate || written(tree_, pick), pick, "none", want);
        require(site.receivers == 0 || written(tree_, receive), receive, "none", want);
    }

    void supply() {
        if (!some(s_.segments, "supplier_segment", 1000)) return;
        shares(s_.segments, {"supplier_segment"}, "shares of the items",
               [](const SupplierSegment& p) { return p.item_share; });
        int count = 0;
        for (const auto& segment : s_.segments) count += std::min(segment.value.count, 60'000);
        require(count <= 60'000, {"supplier_segment"}, fmt::format("{} suppliers", count), "at most 60000");
        if (count <= 60'000) suppliers_ = supplier_names(s_);
        sums_to_one({s_.suppliers.confirm_api, s_.suppliers.confirm_edi, s_.suppliers.confirm_email}, {"suppliers"},
                    "shares of the ways to confirm");
    }

    void transport() {
        if (needs_carriers() && some(s_.carriers, "carrier", 100)) {
            const bool fast = std::any_of(s_.carriers.begin(), s_.carriers.end(),
                                          [](const auto& carrier) { return carrier.value.carrier.expedite; });
            require(fast, {"carrier"}, "no carrier with expedite = true", "at least one");
        }
        for (const auto& [name, part] : s_.carriers) {
            sums_to_one(part.carrier.transit_days, {"carrier", name, "transit"}, "probabilities");
        }
        for (const auto& [name, lane] : s_.transfers.lanes) {
            const bool from = exists(lane.from, sites_, {"transfers", "lane", name, "from"}, "the name of a site");
            const bool to = exists(lane.to, sites_, {"transfers", "lane", name, "to"}, "the name of a site");
            if (from && to) {
                require(lane.from != lane.to, {"transfers", "lane", name, "to"}, fmt::format("\"{}\"", lane.to),
                        "another site than from");
            }
            require(lane.lead_days > 0, {"transfers", "lane", name}, "no lead", "a duration > 0 d");
        }
        require(s_.transfers.least_days <= s_.transfers.most_days, {"transfers", "most_lead"}, "less than least_lead",
                "at least as much");
    }

    void strategies() {
        if (!some(s_.strategies, "strategy", 100)) return;
        for (const auto& [name, strategy] : s_.strategies) {
            const bool rules = std::holds_alternative<models::StockRules>(strategy.replenishment);
            require(!rules || !s_.stocks.empty(), {"strategy", name, "replenishment", "policy"},
                    "stock_rules without any rule", "tables [stock.NAME]");
            if (strategy.waves.at_once) continue;
            const bool waves = !strategy.waves.start_minutes.empty() || strategy.waves.interval.count() > 0;
            require(waves, {"strategy", name, "waves"}, "no waves", "starts, or an interval > 0 min");
        }
        for (const std::string& name : s_.study.strategies) {
            exists(name, strategies_, {"study", "strategies"}, "the name of a strategy");
        }
        exists(s_.study.comparator, strategies_, {"study", "comparator"}, "the name of a strategy");
    }

    void streams() {
        for (const auto& [name, part] : s_.streams) {
            const Path path{"stream", name};
            if (!part.site.empty()) exists(part.site, sites_, {"stream", name, "site"}, "the name of a site");
            exists(part.tier, tiers_, {"stream", name, "tier"}, "the name of a tier");
            item_exists(part.item, {"stream", name, "item"});
            const models::DemandStream& stream = part.stream;
            if (!stream.between) {
                refuse({"stream", name, "between"}, "got nothing, want a law of times");
                continue;
            }
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
            if (const auto* uniform = std::get_if<models::UniformCount>(&*stream.units)) {
                require(uniform->least <= uniform->most, {"stream", name, "units", "to"}, "less than from",
                        "at least as much");
            }
        }
    }

    /// Units are counted in 32 bits over the whole horizon.
    void few_enough(const std::string& name, const StreamPart& part) {
        constexpr double kMost = 1.5e9;
        if (part.item.empty() && !part.each_item && s_.items.count > 1) return;  // who knows how they spread
        const models::DemandStream& stream = part.stream;
        const double between = models::mean_of(*stream.between) / (86'400 * 1e6);
        const int days = s_.calendar.warmup_days + s_.calendar.measure_days + s_.calendar.cooldown_days;
        const double units = (stream.units ? models::mean_of(*stream.units) : 1) * stream.lines_mean;
        const double total = between > 0 ? days / between * units : 0;
        require(total <= kMost, {"stream", name, "units"}, fmt::format("{:.3g} units of one item in all", total),
                "at most 1.5e9: choose a larger unit");
    }

    /// Lists of values and of their probabilities, either of which may be missing.
    void one_each(std::size_t values, std::size_t probabilities, const Path& path) {
        require(values == 0 || probabilities == 0 || values == probabilities, path,
                fmt::format("{} probabilities", probabilities), fmt::format("one for each of the {} values", values));
    }

    static std::string told(models::Duration time) { return format(static_cast<double>(time.count()), duration(), ""); }

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
            if (rule.reorder_point && rule.quantity == 0) {
                require(rule.order_up_to > *rule.reorder_point, {"stock", name, "order_up_to"},
                        fmt::format("{}", rule.order_up_to), "a level above the reorder point, or a quantity");
            }
            for (const auto& [season, shift] : part.shifts) {
                require(shift.from < shift.to, {"stock", name, "season", season, "to"}, told(shift.to),
                        "a later time than from");
                require(shift.every.count() == 0 || shift.to - shift.from <= shift.every,
                        {"stock", name, "season", season, "every"}, told(shift.every), "at least its own length");
            }
            require(rule.always == 0 || rule.review.count() > 0, {"stock", name, "always"},
                    fmt::format("{}", rule.always), "nothing without a review interval");
            if (part.source.empty()) continue;
            if (!exists(part.source, sites_, {"stock", name, "source"}, "the name of a site")) continue;
            require(part.source != part.site, {"stock", name, "source"}, fmt::format("\"{}\"", part.source),
                    "another site than the rule's own");
        }
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

    void expectations() {
        std::vector<std::string> phases;
        for (const auto& phase : s_.phases) phases.push_back(phase.name);
        for (const auto& [name, e] : s_.expectations) {
            const Path path{"verify", name};
            require(e.expected.has_value(), {"verify", name, "expected"}, "nothing", "the published or exact value");
            require((e.relative > 0) != (e.absolute > 0), path, "no tolerance, or two", "either relative or absolute");
            require(e.relative <= 0 || e.expected != 0.0, {"verify", name, "relative"}, "a share of 0",
                    "an absolute tolerance where 0 is expected");
            require(!e.source.empty(), {"verify", name, "source"}, "nothing", "where the value comes from");
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

    void finance() {
        const auto most = static_cast<std::size_t>(s_.finance.years) + 1;
        require(s_.finance.other_cash_flows.size() <= most, {"finance", "other_cash_flows"},
                fmt::format("{} years", s_.finance.other_cash_flows.size()),
                fmt::format("at most {}: year 0 and the {} years of the horizon", most, s_.finance.years));
    }

    void spike() {
        if (!s_.spike) return;
        for (const auto& [name, multiplier] : s_.spike->peak) {
            exists(name, sites_, {"spike", "peak", name}, "the name of a site");
        }
    }

    void inside(int day, const Path& path) {
        require(day < s_.calendar.measure_days + s_.calendar.cooldown_days, path, fmt::format("day {}", day),
                fmt::format("a day before the end of the horizon, {} d",
                            s_.calendar.measure_days + s_.calendar.cooldown_days));
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
        for (const auto& [name, promotion] : s_.promotions) inside(promotion.day, {"promotion", name, "day"});
    }

    void disturbances() {
        for (const auto& [name, d] : s_.disturbances) {
            inside(d.day, {"disturbance", name, "day"});
            const auto kind = static_cast<models::Disturbance::Kind>(d.kind);
            const bool slip = kind == models::Disturbance::Kind::supplier_slip;
            if (slip) exists(d.supplier, suppliers_, {"disturbance", name, "supplier"}, "the name of a supplier");
            if (!slip) exists(d.site, sites_, {"disturbance", name, "site"}, "the name of a site");
            if (kind == models::Disturbance::Kind::carrier_capacity) {
                exists(d.carrier, carriers_, {"disturbance", name, "carrier"}, "the name of a carrier");
            }
            const auto unused = [&](const std::string& value, const char* key) {
                require(value.empty(), {"disturbance", name, key}, fmt::format("\"{}\"", value),
                        "nothing: this kind of disturbance has none");
            };
            if (!slip) unused(d.supplier, "supplier");
            if (slip) unused(d.site, "site");
            if (kind != models::Disturbance::Kind::carrier_capacity) unused(d.carrier, "carrier");
            if (kind == models::Disturbance::Kind::absence) {
                require(d.factor <= 1, {"disturbance", name, "factor"}, fmt::format("{}", d.factor),
                        "a probability of at most 1");
            }
        }
    }

    const Scenario& s_;
    const Tree& tree_;
    std::vector<Problem>& problems_;
    std::vector<std::string> sites_, tiers_, carriers_, strategies_, suppliers_;
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

}  // namespace

Problem at(const Tree& tree, const std::vector<std::string>& path, std::string message) {
    std::size_t depth = 0;
    const Origin origin = written(tree, path).value_or(origin_of(tree, path, depth));
    return {tree.files[static_cast<std::size_t>(origin.file)], origin.line, origin.column,
            fmt::format("{}", fmt::join(path, ".")), std::move(message)};
}

void check(const Scenario& scenario, const Tree& tree, std::vector<Problem>& problems) {
    Checker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios

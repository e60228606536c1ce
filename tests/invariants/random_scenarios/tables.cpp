#include "invariants/random_scenarios/tables.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace entrepot::tests {

namespace {

/// "[stock.W.second]" and the lines below it.
struct Table {
    std::string name, lines;
    bool within(const std::string& other) const { return name == other || name.starts_with(other + "."); }
};

std::vector<Table> tables_of(const std::string& text) {
    std::vector<Table> tables{{}};  // the first has no name
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('[') && line.ends_with(']')) {
            tables.push_back({line.substr(1, line.size() - 2), ""});
        } else {
            tables.back().lines += line + "\n";
        }
    }
    return tables;
}

class Maker {
public:
    Maker(std::vector<Table> tables, sim::Stream& draws) : tables_(std::move(tables)), draws_(draws) {
        for (const Table& table : tables_) {
            note(table, "site.", sites_);
            note(table, "tier.", tiers_);
            note(table, "class.", classes_);
            note(table, "strategy.", strategies_);
            note(table, "supplier_segment.", segments_);
            note(table, "carrier.", carriers_);
        }
    }

    void take_one_out() {
        if (tables_.size() < 2) return;
        const std::string name = tables_[1 + below(tables_.size() - 1)].name;
        std::erase_if(tables_, [&](const Table& table) { return table.within(name); });
    }

    void put_one_in() {
        ++added_;
        using Make = void (Maker::*)();
        static constexpr Make kMakes[] = {&Maker::stock,   &Maker::stock,        &Maker::pool,     &Maker::binding,
                                          &Maker::binding, &Maker::second,       &Maker::basket,   &Maker::disturbance,
                                          &Maker::moment,  &Maker::other_policy, &Maker::executor, &Maker::tier_costs};
        (this->*kMakes[below(std::size(kMakes))])();
    }

    std::string text() const {
        std::string all;
        for (const Table& table : tables_) {
            if (!table.name.empty()) all += "[" + table.name + "]\n";
            all += table.lines;
        }
        return all;
    }

private:
    using Names = std::vector<std::string>;

    static void note(const Table& table, std::string_view prefix, Names& names) {
        const bool own = table.name.starts_with(prefix) && table.name.find('.', prefix.size()) == std::string::npos;
        if (own) names.push_back(table.name.substr(prefix.size()));
    }

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(draws_.uniform() * static_cast<double>(n)); }
    bool perhaps(double p) { return draws_.uniform() < p; }
    const std::string& any(const Names& names) { return names[below(names.size())]; }
    Names some(const Names& names) {
        Names chosen;
        for (const std::string& name : names) {
            if (perhaps(0.6)) chosen.push_back('"' + name + '"');
        }
        return chosen;
    }
    std::string own_name() const { return fmt::format("put_in_{}", added_); }

    void put(const std::string& name, std::string lines) {
        const auto last =
            std::find_if(tables_.rbegin(), tables_.rend(), [&](const Table& table) { return table.within(name); });
        // A key that is there already is not said twice.
        if (last != tables_.rend() && last->name == name) {
            last->lines += lines;
        } else {
            tables_.push_back({name, std::move(lines)});
        }
    }

    std::string scope(double more = 0.5) {
        std::string lines;
        if (!sites_.empty() && perhaps(0.8)) lines += fmt::format("site = \"{}\"\n", any(sites_));
        if (!classes_.empty() && perhaps(more * 0.6)) lines += fmt::format("class = \"{}\"\n", any(classes_));
        if (!segments_.empty() && perhaps(more * 0.4))
            lines += fmt::format("supplier_segment = \"{}\"\n", any(segments_));
        if (!classes_.empty() && perhaps(more * 0.3)) lines += fmt::format("item = \"{}0001\"\n", any(classes_));
        return lines;
    }

    std::string levels() {
        const int point = static_cast<int>(below(30)) - 3, more = 1 + static_cast<int>(below(40));
        std::string lines = fmt::format("reorder_point = {}\n", point);
        lines += perhaps(0.5) ? fmt::format("order_up_to = {}\n", point + more) : fmt::format("quantity = {}\n", more);
        if (perhaps(0.4)) lines += fmt::format("review = \"{} d\"\n", 1 + below(7));
        if (perhaps(0.3)) lines += "executed_by = \"planners\"\nreview = \"1 d\"\n";
        if (perhaps(0.2)) lines += fmt::format("most = {}\n", 1 + below(20));
        if (perhaps(0.1)) lines += fmt::format("always = {}\n", below(4));
        if (perhaps(0.15) && !sites_.empty()) lines += fmt::format("source = \"{}\"\n", any(sites_));
        return without_repetition(lines);
    }

    static std::string without_repetition(const std::string& lines) {
        std::vector<std::string> kept;
        std::istringstream in(lines);
        for (std::string line; std::getline(in, line);) {
            const std::string key = line.substr(0, line.find(" = "));
            std::erase_if(kept, [&](const std::string& other) { return other.starts_with(key + " = "); });
            kept.push_back(line);
        }
        return fmt::format("{}\n", fmt::join(kept, "\n"));
    }

    void stock() {
        std::string lines = scope() + levels();
        if (perhaps(0.6)) lines += fmt::format("initial = {}\n", below(60));
        if (perhaps(0.3)) lines += "holding_cost = 0.5\nbackorder_cost = 3\nper_order = 10\nper_lost_unit = 2\n";
        put("stock." + own_name(), lines);
    }

    void pool() {
        std::string lines;
        if (const Names sites = some(sites_); perhaps(0.7) && !sites.empty()) {
            lines += fmt::format("sites = [{}]\n", fmt::join(sites, ", "));
        }
        if (const Names lenders = some(sites_); perhaps(0.4) && !lenders.empty()) {
            lines += fmt::format("lenders = [{}]\n", fmt::join(lenders, ", "));
        }
        if (perhaps(0.4)) lines += fmt::format("keeps = {}\n", below(6));
        put("pool." + own_name(), lines);
        if (perhaps(0.5))
            put(fmt::format("pool.{}.transit", own_name()), "distribution = \"exponential\"\nmean = \"8 h\"\n");
        if (perhaps(0.7)) stock();
    }

    std::string policy() {
        static constexpr std::string_view kComputed[] = {"stale_min_max", "class_service", "forecast_quantile"};
        const std::size_t which = below(5);
        if (which == 3) return "policy = \"stock_rules\"\n";
        if (which == 4) return "policy = \"fixed_levels\"\n" + levels();
        std::string lines = fmt::format("policy = \"{}\"\nreview = \"{} d\"\n", kComputed[which], 1 + below(7));
        lines += which == 0 ? "safety = \"10 d\"\n" : "service = \"95 %\"\n";
        if (perhaps(0.3)) lines += "executed_by = \"site\"\n";
        if (perhaps(0.2)) lines += fmt::format("most = {}\n", 1 + below(20));
        return lines;
    }

    void binding() {
        if (strategies_.empty()) return;
        const std::string name = fmt::format("strategy.{}.bind.{}", any(strategies_), own_name());
        const std::size_t which = below(4);
        if (which == 0 && !sites_.empty()) {
            static constexpr std::string_view kRules[] = {"fifo", "tier_then_date", "composite"};
            return put(name, fmt::format("decision = \"priority\"\nsite = \"{}\"\npolicy = \"{}\"\n", any(sites_),
                                         kRules[below(3)]));
        }
        if (which == 1 && !tiers_.empty()) {
            return put(name, fmt::format("decision = \"promise\"\ntier = \"{}\"\npromise = \"{}\"\n", any(tiers_),
                                         perhaps(0.5) ? "table" : "available_to_promise"));
        }
        put(name, "decision = \"replenishment\"\n" + scope() + policy());
    }

    /// Of a rule that is there, or of a new one.
    void second() {
        Names rules;
        for (const Table& table : tables_) note(table, "stock.", rules);
        if (rules.empty() || perhaps(0.3)) {
            stock();
            rules = {own_name()};
        }
        const std::string name = fmt::format("stock.{}.second", any(rules));
        std::erase_if(tables_, [&](const Table& table) { return table.within(name); });
        std::string lines = perhaps(0.6) ? fmt::format("up_to = {}\n", static_cast<int>(below(20)) - 2)
                                         : fmt::format("share = \"{} %\"\n", below(101));
        if (perhaps(0.3)) lines += "looks_ahead = \"2 d\"\n";
        tables_.push_back({name, lines});
        tables_.push_back({name + ".time", "distribution = \"exponential\"\nmean = \"1.5 d\"\n"});
    }

    void basket() {
        if (tiers_.empty() || sites_.empty() || classes_.empty()) return;
        const std::string name = "stream." + own_name();
        put(name, fmt::format("site = \"{}\"\ntier = \"{}\"\n", any(sites_), any(tiers_)));
        put(name + ".interarrival_time", "distribution = \"exponential\"\nmean = \"3 h\"\n");
        put(name + ".basket.one",
            fmt::format("probability = \"50 %\"\nitems = [\"{}0001\"]\nunits = [{}]\n", any(classes_), 1 + below(5)));
        put(name + ".basket.two",
            fmt::format("probability = \"50 %\"\nitems = [\"{}0001\", \"{}0001\"]\n", any(classes_), any(classes_)));
    }

    void disturbance() {
        std::string lines =
            fmt::format("day = \"{} d\"\nduration = \"{} d\"\nfactor = {}\n", below(20), 1 + below(10), 0.5 * below(5));
        const std::size_t which = below(3);
        if (which == 0 && !segments_.empty()) {
            lines += fmt::format("kind = \"supplier_slip\"\nsupplier = \"{}#1\"\n", any(segments_));
        } else if (which == 1 && !carriers_.empty() && !sites_.empty()) {
            lines += fmt::format("kind = \"carrier_capacity\"\ncarrier = \"{}\"\nsite = \"{}\"\n", any(carriers_),
                                 any(sites_));
        } else if (!sites_.empty()) {
            lines += fmt::format("kind = \"absence\"\nsite = \"{}\"\n", any(sites_));
        }
        put("disturbance." + own_name(), lines);
    }

    void moment() {
        put("moment." + own_name(),
            fmt::format("at = \"{} h\"\nlow = {}\n", below(24), static_cast<int>(below(20)) - 5));
    }

    void tier_costs() {
        if (tiers_.empty()) return;
        Table* const tier = find("tier." + any(tiers_));
        if (tier == nullptr || tier->lines.find("per_short_unit") != std::string::npos) return;
        tier->lines += "per_short_unit = 3\nper_lost_unit = 7\n";
    }

    /// All of a strategy's replenishment by another policy.
    void other_policy() {
        if (strategies_.empty()) return;
        const std::string name = fmt::format("strategy.{}.replenishment", any(strategies_));
        std::erase_if(tables_, [&](const Table& table) { return table.within(name); });
        tables_.push_back({name, policy()});
    }

    /// Who carries out what a strategy or a rule wants.
    void executor() {
        Names places;
        for (const Table& table : tables_) {
            const bool rule = table.name.starts_with("stock.") && std::ranges::count(table.name, '.') == 1;
            if (rule || table.name.ends_with(".replenishment")) places.push_back(table.name);
        }
        if (places.empty()) return;
        Table* const place = find(any(places));
        place->lines = without_repetition(place->lines + fmt::format("executed_by = \"{}\"\nreview = \"{} d\"\n",
                                                                     perhaps(0.5) ? "site" : "planners", 1 + below(7)));
    }

    Table* find(const std::string& name) {
        const auto found = std::ranges::find(tables_, name, &Table::name);
        return found == tables_.end() ? nullptr : &*found;
    }

    std::vector<Table> tables_;
    sim::Stream& draws_;
    Names sites_, tiers_, classes_, strategies_, segments_, carriers_;
    int added_ = 0;
};

}  // namespace

std::string with_other_tables(const std::string& text, sim::Stream& draws) {
    Maker maker(tables_of(text), draws);
    const int out = draws.uniform() < 0.3, in = 1 + static_cast<int>(draws.uniform() * 3);
    for (int i = 0; i < out; ++i) maker.take_one_out();
    for (int i = 0; i < in; ++i) maker.put_one_in();
    return maker.text();
}

}  // namespace entrepot::tests

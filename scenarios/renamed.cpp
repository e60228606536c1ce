#include "scenarios/renamed.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace entrepot::scenarios {

namespace {

constexpr std::string_view kDifference = "difference:";  // to the comparator

constexpr std::string_view kRights = "say who may decide: [strategy.NAME.rights] purchase = [\"system\", \"planner\"]";
constexpr std::string_view kGuardrail =
    "a guardrail says it: [strategy.NAME.guardrail.NAME] with decision, and value, confidence or change";
constexpr std::string_view kNotices =
    "say who may decide: [strategy.NAME.rights] promise_change = [\"service_agent\"], or [\"system\"]";
constexpr std::string_view kApproval =
    "a level of approval says it: [strategy.NAME.approval.NAME] with above, role, median and sigma";

constexpr RenamedKey kKeys[] = {
    {"strategy.*.workflow.escalation_factor", "",
     "fewer escalations follow from fewer shortages and less lateness alone"},
    {"strategy_defaults.workflow.escalation_factor", "",
     "fewer escalations follow from fewer shortages and less lateness alone"},
    {"**.notices.by_hand", "", kNotices, true},
    {"**.workflow.auto_release", "", kRights, true},
    {"**.workflow.auto_value_limit", "", kGuardrail, true},
    {"**.workflow.auto_confidence", "", kGuardrail, true},
    {"**.workflow.auto_change_limit", "", kGuardrail, true},
    {"**.transfers.auto_value_limit", "", kGuardrail, true},
    {"**.workflow.approval_above", "", kApproval, true},
    {"**.workflow.approval_median", "", kApproval, true},
    {"**.workflow.approval_sigma", "", kApproval, true},
    {"**.law", "**.distribution", "", false, true},
    {"stream.*.between", "stream.*.interarrival_time", ""},
    {"stream_defaults.between", "stream_defaults.interarrival_time", ""},
    {"supplier_segment.*.request_time", "supplier_segment.*.lead_time_distribution", ""},
    {"supplier_segment_defaults.request_time", "supplier_segment_defaults.lead_time_distribution", ""},
    {"supplier_segment.*.up", "supplier_segment.*.uptime", ""},
    {"supplier_segment_defaults.up", "supplier_segment_defaults.uptime", ""},
    {"supplier_segment.*.down", "supplier_segment.*.downtime", ""},
    {"supplier_segment_defaults.down", "supplier_segment_defaults.downtime", ""},
    {"tier.*.reserve", "tier.*.critical_level", ""},
    {"tier.*.wait_probability", "tier.*.backorder_probability", ""},
    {"tier.*.wait_limit", "tier.*.backorder_limit", ""},
    {"tier.*.wait_median", "tier.*.patience_median", ""},
    {"tier.*.wait_sigma", "tier.*.patience_sigma", ""},
    {"stock.*.holding", "stock.*.holding_cost", ""},
    {"stock.*.shortage", "stock.*.backorder_cost", ""},
    {"stock.*.in_transit", "stock.*.in_transit_cost", ""},
    {"stock.*.always", "stock.*.standing_order", ""},
    {"strategy.*.replenishment.always", "strategy.*.replenishment.standing_order", ""},
    {"strategy.*.bind.*.always", "strategy.*.bind.*.standing_order", ""},
    {"**.second.up_to", "**.second.order_up_to", ""},
    {"**.second.time", "**.second.lead_time", ""},
    {"**.forecast.last", "**.forecast.moving_average", ""},
    {"**.forecast.added", "**.forecast.safety_stock", ""},
    {"transfers.lane.*.lead", "transfers.lane.*.lead_time", ""},
};

constexpr RenamedKpi kKpis[] = {
    {"mean_waiting", "mean_backorders"},     {"waiting_at_close", "backorders_at_close"},
    {"waiting_at", "backorders_at"},         {"units_waiting", "tier_backorders"},
    {"rule_orders", "replenishment_orders"}, {"rule_units", "replenishment_units"},
};

/// The first name of a path, and what follows it.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    return {path.substr(0, dot), path.substr(std::min(dot + 1, path.size()))};
}

using Path = std::vector<std::string>;

bool matches(std::string_view pattern, std::span<const std::string> path) {
    if (pattern.empty() || path.empty()) return pattern.empty() && path.empty();
    const auto [first, rest] = split(pattern);
    if (first == "**") return matches(rest, path) || matches(pattern, path.subspan(1));
    return (first == "*" || first == path.front()) && matches(rest, path.subspan(1));
}

std::string_view last(std::string_view path) { return path.substr(path.rfind('.') + 1); }

const RenamedKey* find(const Path& path, const Node& node) {
    for (const RenamedKey& key : kKeys) {
        if (matches(key.was, path) && (!key.text_only || node.text() != nullptr)) return &key;
    }
    return nullptr;
}

std::string text_of(const Path& path) { return fmt::format("{}", fmt::join(path, ".")); }

/// Goes through a tree and tells its old names to `found`: key(entry, table, renamed, path), where it says whether the
/// entry stays, and kpi(text node, its new id, path).
template <class Found>
void walk(Node& node, Path& path, Found& found) {
    if (Table* table = node.table()) {
        for (std::size_t i = 0; i < table->size();) {
            path.push_back((*table)[i].key);
            const RenamedKey* key = find(path, (*table)[i].node);
            if (!key || found.key((*table)[i], *table, *key, path)) walk((*table)[i++].node, path, found);
            path.pop_back();
        }
        return;
    }
    if (!matches("verify.*.kpi", path) && !matches("study.precision_of", path)) return;
    const auto look = [&](Node& text) {
        const auto now = text.text() ? renamed_kpi(*text.text()) : std::nullopt;
        if (now) found.kpi(text, *now, path);
    };
    look(node);
    if (auto* array = std::get_if<Array>(&node.value)) {
        for (Node& element : *array) look(element);
    }
}

struct Refuse {
    const Tree& tree;
    Problems& problems;

    void tell(const Origin& at, const Path& path, std::string message) {
        const std::string& file = tree.files[static_cast<std::size_t>(at.file)];
        problems.push_back({file, at.line, at.column, text_of(path), std::move(message)});
    }
    bool key(Entry& entry, Table& table, const RenamedKey& key, const Path& path) {
        const std::string now(last(key.now));
        tell(
            entry.origin, path,
            now.empty() ? fmt::format("is gone, want nothing: {}", key.why) : fmt::format("was renamed, want {}", now));
        const bool both = std::ranges::find(table, now, &Entry::key) != table.end();
        if (now.empty() || both) {
            table.erase(table.begin() + (&entry - table.data()));
            return false;
        }
        entry.key = now;
        return true;
    }
    void kpi(Node& text, const std::string& now, const Path& path) {
        tell(text.origin, path, fmt::format("got \"{}\", which was renamed, want \"{}\"", *text.text(), now));
        text.value = now;
    }
};

/// Finds places in a text by line and column, without going through what stands before the line.
class Places {
public:
    explicit Places(std::string_view text) : text_(text), lines_{0} {
        for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) lines_.push_back(at + 1);
    }

    /// Columns count characters.
    std::size_t offset_of(const Origin& at) const {
        std::size_t offset = start_of(at.line);
        for (int column = 1; column < at.column && offset < text_.size(); ++column) {
            do ++offset;
            while (offset < text_.size() && (static_cast<unsigned char>(text_[offset]) & 0xC0) == 0x80);
        }
        return offset;
    }
    std::size_t start_of(int line) const {
        return line <= 0 || static_cast<std::size_t>(line) > lines_.size() ? text_.size()
                                                                           : lines_[static_cast<std::size_t>(line) - 1];
    }

private:
    std::string_view text_;
    std::vector<std::size_t> lines_;  ///< where each begins
};

/// Collects what to replace in a text, by place.
struct Replace {
    explicit Replace(const std::string& of) : text(of), places(of) {}

    const std::string& text;
    Places places;
    struct Change {
        std::size_t offset, length;
        std::string by;
    };
    std::vector<Change> changes;
    Problems by_hand;

    /// `word` stands at the place, perhaps in quotes.
    bool change(const Origin& at, std::string_view word, const std::string& by) {
        std::size_t offset = places.offset_of(at);
        if (offset < text.size() && (text[offset] == '"' || text[offset] == '\'')) ++offset;
        if (std::string_view(text).substr(offset, word.size()) != word) return false;
        changes.push_back({offset, word.size(), by});
        return true;
    }
    bool key(Entry& entry, Table&, const RenamedKey& key, const Path& path) {
        const bool done = key.by_hand       ? false
                          : key.now.empty() ? take_line(entry)
                                            : change(entry.origin, entry.key, std::string(last(key.now)));
        if (!done) {
            by_hand.push_back({"", entry.origin.line, entry.origin.column, text_of(path),
                               key.by_hand       ? fmt::format("is gone: {}", key.why)
                               : key.now.empty() ? "is gone: take it out by hand"
                                                 : fmt::format("write {} by hand", last(key.now))});
        }
        return true;
    }
    void kpi(Node& node, const std::string& now, const Path& path) {
        if (change(node.origin, *node.text(), now)) return;
        by_hand.push_back(
            {"", node.origin.line, node.origin.column, text_of(path), fmt::format("write {} by hand", now)});
    }

private:
    /// A key that has a line for itself.
    bool take_line(const Entry& entry) {
        if (entry.node.table() || entry.node.array() || entry.node.origin.line != entry.origin.line) return false;
        const std::size_t start = places.start_of(entry.origin.line);
        const std::size_t end = places.start_of(entry.origin.line + 1);
        const std::string_view line = std::string_view(text).substr(start, end - start);
        for (const char* more : {"{", "\"\"\"", "'''"}) {  // other keys in the line, or a value beyond it
            if (line.find(more) != line.npos) return false;
        }
        changes.push_back({start, end - start, ""});
        return true;
    }
};

/// The text with all changes made, which don't overlap.
std::string changed(const std::string& text, std::vector<Replace::Change> changes) {
    std::ranges::sort(changes, {}, &Replace::Change::offset);
    std::string fresh;
    std::size_t copied = 0;
    for (const auto& change : changes) {
        fresh.append(text, copied, change.offset - copied).append(change.by);
        copied = change.offset + change.length;
    }
    return fresh.append(text, copied);
}

}  // namespace

std::span<const RenamedKey> renamed_keys() { return kKeys; }
std::span<const RenamedKpi> renamed_kpis() { return kKpis; }

std::optional<std::string> renamed_kpi(std::string_view id) {
    const std::string_view before = id.starts_with(kDifference) ? kDifference : std::string_view{};
    for (const RenamedKpi& kpi : kKpis) {
        if (id.substr(before.size()) == kpi.was) return fmt::format("{}{}", before, kpi.now);
    }
    return std::nullopt;
}

std::string renamed_table() {
    std::string text = "old\tnew\n";
    for (const RenamedKey& key : kKeys) text += fmt::format("{}\t{}\n", key.was, key.now.empty() ? "(gone)" : key.now);
    for (const RenamedKpi& kpi : kKpis) {
        text += fmt::format("verify.*.kpi = \"{}\"\tverify.*.kpi = \"{}\"\n", kpi.was, kpi.now);
    }
    return text;
}

void refuse_renamed(Tree& tree, Problems& problems) {
    Refuse refuse{tree, problems};
    Path path;
    walk(tree.root, path, refuse);
}

std::optional<Updated> updated(std::string text, const std::string& name, Problems& problems) {
    constexpr int kMostRounds = 16;  // a key that stands in several lines is known by its first one: once a round
    Updated result{std::move(text), 0};
    for (int round = 0;; ++round) {
        std::optional<Node> node = parse_text(result.text, name, problems);
        if (!node) return std::nullopt;
        Replace replace(result.text);
        Path path;
        walk(*node, path, replace);
        if (replace.changes.empty() || round == kMostRounds) {
            for (Problem& problem : replace.by_hand) {
                problem.file = name;
                problems.push_back(std::move(problem));
            }
            if (!replace.changes.empty()) {
                problems.push_back({name, 0, 0, "",
                                    fmt::format("got a renamed key in more than {} lines, of which some have the old "
                                                "name still: update the file once more",
                                                kMostRounds)});
            }
            return result;
        }
        result.names += static_cast<int>(replace.changes.size());
        result.text = changed(result.text, std::move(replace.changes));
    }
}

}  // namespace entrepot::scenarios

#include "studies/explain/names.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "models/customers/demand.hpp"

namespace entrepot::studies::explain {

namespace {

using models::ItemId;
using models::SiteId;

constexpr char kRecorded[] = "recorded", kRestock[] = "-restock-";
constexpr int kDigitsOfDay = 4, kDigitsOfRun = 6;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Takes a beginning off the text; false when it has another one.
bool take(std::string_view& text, std::string_view beginning) {
    if (text.size() < beginning.size() || !same_name(text.substr(0, beginning.size()), beginning)) return false;
    text.remove_prefix(beginning.size());
    return true;
}

std::optional<std::uint32_t> number(std::string_view text, int base = 10) {
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "b2b" of the stream SE.b2b.base, "b2b.spike" of SE.b2b.spike: the site has been said, and the base is what is meant.
std::string label_of(const std::string& stream, const std::string& site) {
    std::string label = stream.starts_with(site + ".") ? stream.substr(site.size() + 1) : stream;
    constexpr std::string_view kBase = ".base";
    if (label.ends_with(kBase)) label.resize(label.size() - kBase.size());
    return label;
}

template <class Id, class Column>
std::optional<Id> named(const Column& column, std::string_view name) {
    for (const Id id : sim::ids<Id>(column.size())) {
        if (column[id].name == name) return id;
    }
    for (const Id id : sim::ids<Id>(column.size())) {
        if (same_name(column[id].name, name)) return id;
    }
    return std::nullopt;
}

template <class Column>
std::vector<std::string> names_in(const Column& column) {
    std::vector<std::string> names;
    for (const auto& one : column) names.push_back(one.name);
    return names;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return small(x) == small(y); });
}

Names::Names(const models::Network& network)
    : network_(network), days_(network.calendar.start_date, network.calendar.warmup_days) {
    for (const models::DemandStream& stream : network.streams) {
        const std::string& site = network.sites[stream.region].name;
        sources_.push_back({stream.region, stream.key, label_of(stream.name, site), !stream.interarrival_time});
    }
    if (network.replay.empty()) return;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        sources_.push_back({site, network.sites[site].key, kRecorded, true});
    }
}

const Names::Source* Names::source(const OrderAddress& address) const {
    const auto mine = [&](const Source& s) { return s.site == address.site && s.key == address.key; };
    const auto found = std::ranges::find_if(sources_, mine);
    return found == sources_.end() ? nullptr : &*found;
}

std::string Names::order(const OrderAddress& address) const {
    const std::string& site = network_.sites[address.site].name;
    if (address.internal) {
        return fmt::format("{}{}{}-{:08x}", site, kRestock, network_.sites[SiteId{address.key}].name,
                           address.coordinate);
    }
    const Source* from = source(address);
    if (from == nullptr) return fmt::format("{}-{:016x}-{:08x}", site, address.key, address.coordinate);
    if (!from->by_day) return fmt::format("{}-{}-{:0{}}", site, from->label, address.coordinate + 1, kDigitsOfRun);
    const std::uint32_t ordinal = address.coordinate & ((1u << models::kOrdinalBits) - 1);
    const auto day = static_cast<int>(address.coordinate >> models::kOrdinalBits);
    return fmt::format("{}-{}-{}-{:0{}}", site, date(day), from->label, ordinal + 1, kDigitsOfDay);
}

std::string Names::order(SiteId site, const models::Order& order) const {
    return this->order({site, order.key, order.coordinate, order.internal});
}

std::optional<OrderAddress> Names::restock(std::string_view name) const {
    std::optional<OrderAddress> alike;
    for (const SiteId site : sim::ids<SiteId>(network_.sites)) {
        for (const SiteId other : sim::ids<SiteId>(network_.sites)) {
            std::string_view rest = name;
            const std::string beginning = network_.sites[site].name + kRestock + network_.sites[other].name + "-";
            if (!take(rest, beginning)) continue;
            const auto coordinate = number(rest, 16);
            if (!coordinate) continue;
            const OrderAddress address{site, other.index(), *coordinate, true};
            if (name.starts_with(beginning)) return address;
            if (!alike) alike = address;
        }
    }
    return alike;
}

std::optional<OrderAddress> Names::find_order(std::string_view name) const {
    // Of names that differ in capitals only it is the one that is spelt so.
    std::optional<OrderAddress> alike;
    for (const Source& source : sources_) {
        const auto address = order_of(source, name);
        if (!address) continue;
        const bool spelt = name.starts_with(network_.sites[source.site].name + "-") &&
                           name.substr(0, name.rfind('-')).ends_with(source.label);
        if (spelt) return address;
        if (!alike) alike = address;
    }
    return alike ? alike : restock(name);
}

std::optional<OrderAddress> Names::order_of(const Source& source, std::string_view name) const {
    std::string_view rest = name;
    const std::size_t last = rest.rfind('-');
    if (!take(rest, network_.sites[source.site].name + "-") || last == name.npos) return std::nullopt;
    const auto ordinal = number(name.substr(last + 1));
    if (!ordinal || *ordinal == 0 || (source.by_day && *ordinal > models::kMostOrders)) return std::nullopt;
    if (rest.size() < name.size() - last) return std::nullopt;
    rest.remove_suffix(name.size() - last);
    if (!source.by_day) {
        if (same_name(rest, source.label)) return OrderAddress{source.site, source.key, *ordinal - 1, false};
        return std::nullopt;
    }
    const std::string ending = "-" + source.label;
    if (rest.size() < ending.size() || !same_name(rest.substr(rest.size() - ending.size()), ending))
        return std::nullopt;
    const auto placed = day(rest.substr(0, rest.size() - ending.size()));
    if (!placed || *placed < 0 || *placed >= network_.calendar.total_days()) return std::nullopt;
    const std::uint32_t address = (static_cast<std::uint32_t>(*placed) << models::kOrdinalBits) | (*ordinal - 1);
    return OrderAddress{source.site, source.key, address, false};
}

std::vector<std::string> Names::order_examples() const {
    std::vector<std::string> examples, labels;
    for (const Source& source : sources_) {
        if (std::ranges::find(labels, source.label) != labels.end()) continue;
        labels.push_back(source.label);
        const auto day = static_cast<std::uint32_t>(network_.calendar.warmup_days);
        const std::uint32_t base = source.by_day ? day << models::kOrdinalBits : 0;
        examples.push_back(order({source.site, source.key, base, false}));
    }
    return examples;
}

std::vector<std::string> Names::orders_like(std::string_view name) const {
    std::vector<std::string> parts(1);
    for (const char c : name) {
        if (c == '-') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    constexpr std::size_t kPartsOfDate = 3;
    const auto ordinal = number(parts.back());
    std::vector<std::string> alike;
    for (const Source& source : sources_) {
        const std::string& site = network_.sites[source.site].name;
        if (!ordinal || *ordinal == 0) continue;
        const std::size_t before = static_cast<std::size_t>(std::ranges::count(site, '-')) + 1;  // parts of the site
        if (!source.by_day) {
            alike.push_back(order({source.site, source.key, *ordinal - 1, false}));
        } else if (parts.size() > before + kPartsOfDate && *ordinal <= models::kMostOrders) {
            const auto placed = day(fmt::format("{}-{}-{}", parts[before], parts[before + 1], parts[before + 2]));
            if (!placed || *placed < 0 || *placed >= network_.calendar.total_days()) continue;
            const std::uint32_t base = static_cast<std::uint32_t>(*placed) << models::kOrdinalBits;
            alike.push_back(order({source.site, source.key, base | (*ordinal - 1), false}));
        }
    }
    return alike;
}

std::string Names::purchase(SiteId site, ItemId item, int day, int nth) const {
    const std::string more = nth > 1 ? fmt::format("-{}", nth) : "";
    return fmt::format("PO-{}-{}-{}{}", network_.sites[site].name, network_.items[item].name, date(day), more);
}

std::string Names::transfer(SiteId from, SiteId to, ItemId item, int day, int nth) const {
    const std::string more = nth > 1 ? fmt::format("-{}", nth) : "";
    return fmt::format("TR-{}-{}-{}-{}{}", network_.sites[from].name, network_.sites[to].name,
                       network_.items[item].name, date(day), more);
}

std::optional<ItemId> Names::item(std::string_view name) const { return named<ItemId>(network_.items, name); }
std::optional<SiteId> Names::site(std::string_view name) const { return named<SiteId>(network_.sites, name); }
std::vector<std::string> Names::items() const { return names_in(network_.items); }
std::vector<std::string> Names::sites() const { return names_in(network_.sites); }

std::string Names::date(int day) const {
    const std::string dated = days_.date(days_.of(day));
    return dated.empty() ? fmt::format("{}", days_.of(day)) : dated;
}

std::optional<int> Names::day(std::string_view date) const {
    int day = 0;
    if (days_.read(std::string(date), day)) return day + network_.calendar.warmup_days;
    const char* end = date.data() + date.size();
    const auto [stop, error] = std::from_chars(date.data(), end, day);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return day + network_.calendar.warmup_days;
}

}  // namespace entrepot::studies::explain

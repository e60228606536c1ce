#include "models/records/master_data.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/decisions/ordering.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/demand_record.hpp"

namespace entrepot::models {

namespace {

constexpr float kTenfold = 10, kTwice = 2, kFivefold = 5;

/// Another one of `count` than `one`, by a uniform.
std::size_t another(std::size_t one, std::size_t count, double u) {
    const std::size_t others = count - 1;
    const auto step = 1 + std::min(others - 1, static_cast<std::size_t>(u * static_cast<double>(others)));
    return (one + step) % count;
}

/// One region's demand counts at another site.
void misplace(MasterRecord& record, std::size_t sites, double from, double to) {
    if (sites < 2) return;
    const std::size_t site = std::min(sites - 1, static_cast<std::size_t>(from * static_cast<double>(sites)));
    record.ordered_in = SiteId{site};
    record.planned_at = SiteId{another(site, sites, to)};
}

/// An error of one kind, by its shares. `how` and `where` say what of it.
void spoil(MasterRecord& record, const Item& item, const Network& network, double which, double how, double where) {
    const MasterData& terms = network.master_data;
    const bool too_much = how < 0.5;
    const auto is = [&](double share) {
        const bool chosen = which >= 0 && which < share;
        which -= share;
        return chosen;
    };
    if (is(terms.units)) {
        record.wrong_unit = item.pack > 1;
    } else if (is(terms.costs)) {
        record.cost_factor = too_much ? kTenfold : 1 / kTenfold;
    } else if (is(terms.classes)) {
        if (network.classes.size() > 1)
            record.velocity = ClassId{another(item.velocity.index(), network.classes.size(), how)};
    } else if (is(terms.lead_times)) {
        record.lead_factor = too_much ? kTwice : 1 / kTwice;
    } else if (is(terms.minimums)) {
        record.minimum_factor = too_much ? kFivefold : 1 / kFivefold;
    } else if (is(terms.packs)) {
        record.pack_factor = too_much || item.pack == 1 ? kTwice : 0;
    } else if (is(terms.warehouses)) {
        misplace(record, network.sites.size(), how, where);
    }
}

bool is_wrong(const MasterRecord& record, const Item& item) {
    return record.wrong_unit || record.cost_factor != 1 || record.velocity != item.velocity ||
           record.lead_factor != 1 || record.minimum_factor != 1 || record.pack_factor != 1 ||
           record.planned_at != record.ordered_in;
}

/// Demand that was seen so far moves with the region that it comes from.
void move_history(Headquarters& hq, ItemId item, const MasterRecord& record) {
    if (record.planned_at == record.ordered_in) return;
    const std::size_t from = hq.location(record.ordered_in, item).index();
    const std::size_t to = hq.location(record.planned_at, item).index();
    Forecast& gives = hq.forecasts[LocationId{from}];
    Forecast& gets = hq.forecasts[LocationId{to}];
    gets.mean += gives.mean;
    gets.spread += gives.spread;
    gets.level += gives.level;
    gets.variance += gives.variance;
    gets.week += gives.week;
    gives = {};
    for (std::size_t day = 0; day < 7; ++day) {
        float& given = hq.last_week[day * hq.view.size() + from];
        hq.last_week[day * hq.view.size() + to] += given;
        given = 0;
    }
    move_days(hq, LocationId{from}, LocationId{to});
}

/// Errors of an item that is right come at exponential times.
void expect_error(ItemId item, std::uint32_t ordinal, Context& context) {
    const Network& network = context.network();
    const double rate = network.master_data.new_errors / kDaysOfYear;
    if (rate <= 0) return;
    const double u = context.draws().at(purpose::new_error, network.items[item].key, ordinal).uniform();
    const double days = -std::log1p(-u) / rate;
    const double left = network.calendar.total_days() - sim::in<sim::days>(context.now() - sim::kStart);
    if (days < left) context.after(sim::from_real<sim::days>(days), MasterErrs{item.value, ordinal});
}

}  // namespace

void draw_master_data(Headquarters& hq, const Network& network, const sim::Draws& draws) {
    const MasterData& terms = network.master_data;
    if (!terms.any()) return;
    for (const ItemId id : sim::ids<ItemId>(network.items)) {
        const Item& item = network.items[id];
        auto stream = draws.at(purpose::master_data, item.key, 0);
        const double wrong = stream.uniform(), which = stream.uniform(), how = stream.uniform();
        MasterRecord record{.velocity = item.velocity};
        if (wrong < terms.errors) spoil(record, item, network, which, how, stream.uniform());
        hq.master.push_back(record);
        move_history(hq, id, record);
    }
}

void start_master_data(Headquarters& hq, Context& context) {
    draw_master_data(hq, context.network(), context.draws());
    for (const ItemId item : sim::ids<ItemId>(context.network().items)) expect_error(item, 0, context);
}

bool has_wrong_unit(const Headquarters& hq, ItemId item) { return !hq.master.empty() && hq.master[item].wrong_unit; }

Units as_ordered(const Headquarters& hq, ItemId item, Units units, const Network& network) {
    if (!has_wrong_unit(hq, item)) return units;
    constexpr std::int64_t kMost = 1'000'000'000;
    const Units pack = network.items[item].pack;
    return static_cast<Units>(std::min(std::int64_t{units} * pack, kMost / pack * pack));
}

Money cost_on_record(const Headquarters& hq, ItemId item, const Network& network) {
    const Money cost = network.items[item].unit_cost;
    return hq.master.empty() ? cost : cost * double{hq.master[item].cost_factor};
}

ClassId class_on_record(const Headquarters& hq, ItemId item, const Network& network) {
    return hq.master.empty() ? network.items[item].velocity : hq.master[item].velocity;
}

Duration lead_time_on_record(const Headquarters& hq, ItemId item, const Network& network) {
    const Duration time = network.suppliers[network.items[item].supplier].lead_time_on_record;
    if (hq.master.empty() || hq.master[item].lead_factor == 1) return time;
    return sim::from_real<sim::days>(sim::in<sim::days>(time) * double{hq.master[item].lead_factor});
}

OrderSizes sizes_on_record(const Headquarters& hq, ItemId id, const Network& network) {
    const Item& item = network.items[id];
    OrderSizes sizes{item.pack, item.minimum_order};
    if (hq.master.empty()) return sizes;
    const auto times = [](Units units, float factor) {
        constexpr double kMost = 1e9;
        return static_cast<Units>(std::clamp(std::round(double{factor} * units), 1.0, kMost));
    };
    const MasterRecord& record = hq.master[id];
    if (record.pack_factor != 1) sizes.pack = times(item.pack, record.pack_factor);
    if (record.minimum_factor != 1) sizes.minimum = times(item.minimum_order, record.minimum_factor);
    return sizes;
}

Units moved_to(const MasterRecord& record, SiteId site, Units ordered) {
    if (record.planned_at == record.ordered_in) return 0;
    if (site == record.ordered_in) return -ordered;
    return site == record.planned_at ? ordered : 0;
}

Units as_sold(Headquarters& hq, ItemId id, Units units, Context& context) {
    if (hq.master.empty()) return units;
    const MasterRecord& record = hq.master[id];
    if (record.pack_factor == 1 && record.minimum_factor == 1) return units;
    const Item& item = context.network().items[id];
    const Units sold = whole_packs({item.pack, item.minimum_order}, units);
    if (sold != units) report_error(hq, id, context);
    return sold;
}

void report_error(Headquarters& hq, ItemId item, Context& context) {
    if (hq.master.empty() || !is_wrong(hq.master[item], context.network().items[item])) return;
    if (std::exchange(hq.master[item].reported, true)) return;
    context.after(context.network().master_data.corrected_after, MasterCorrected{item.value});
}

void on(Headquarters& hq, const MasterCorrected& message, Context& context) {
    const ItemId item{message.item};
    hq.master[item] = {.velocity = context.network().items[item].velocity};
}

void on(Headquarters& hq, const MasterErrs& message, Context& context) {
    const ItemId id{message.item};
    const Item& item = context.network().items[id];
    auto stream = context.draws().at(purpose::kind_of_error, item.key, message.ordinal);
    const double which = stream.uniform(), how = stream.uniform(), where = stream.uniform();
    MasterRecord& record = hq.master[id];
    if (!is_wrong(record, item)) {
        spoil(record, item, context.network(), which, how, where);
        move_history(hq, id, record);
    }
    expect_error(id, message.ordinal + 1, context);
}

void tell_master_data(const Headquarters& hq, Context& context) {
    if (hq.master.empty()) return;
    const Network& network = context.network();
    std::int32_t wrong = 0;
    for (const ItemId item : sim::ids<ItemId>(network.items)) wrong += is_wrong(hq.master[item], network.items[item]);
    context.tell(MasterAtMorning{wrong, static_cast<std::int32_t>(network.items.size())});
}

// The programme.

void start_clean_up(Context& context) {
    const CleanUp& terms = context.network().strategy.clean_up;
    if (terms.items_a_week == 0) return;
    const Time first = start_of(std::max(terms.first_day, day_of(context.now())));
    context.at(std::max(first, context.now()), MasterChecked{0});
}

void on(Headquarters& hq, const MasterChecked& message, Context& context) {
    const Network& network = context.network();
    const CleanUp& terms = network.strategy.clean_up;
    if (terms.items_a_week == 0) return;  // it has ended with the strategy that had it
    const auto items = static_cast<std::uint32_t>(network.items.size());
    const std::uint32_t count = std::min(items, static_cast<std::uint32_t>(terms.items_a_week));
    std::int32_t found = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const ItemId id{(message.next + i) % items};
        if (hq.master.empty() || !is_wrong(hq.master[id], network.items[id])) continue;
        const auto day = static_cast<std::uint32_t>(day_of(context.now()));
        if (context.draws().at(purpose::clean_up, network.items[id].key, day).uniform() >= terms.finds) continue;
        hq.master[id] = {.velocity = network.items[id].velocity};
        ++found;
    }
    const Money cost = terms.per_item * static_cast<double>(count);
    hq.ledger.post(Account::data_care, Account::payables, cost);
    context.tell(MasterCleaned{cost.micros, static_cast<std::int32_t>(count), found});
    context.after(sim::days{7}, MasterChecked{(message.next + count) % items});
}

}  // namespace entrepot::models

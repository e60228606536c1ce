#include "viz/live/hours.hpp"

#include "models/units.hpp"

namespace entrepot::viz {

using models::Fact;

namespace {

float amount(std::int64_t micros) { return static_cast<float>(static_cast<double>(micros) * 1e-6); }

/// What each fact adds to the hour in which it is told, by the place that tells it.
struct Adder {
    const Fact& fact;
    Hour& hour;

    void add(Counted which, double value) const { hour[static_cast<std::size_t>(which)] += static_cast<float>(value); }

    void operator()(const models::OrderPlaced&) const { add(Counted::orders, 1); }
    void operator()(const models::LineFirstPass& f) const {
        add(Counted::units_wanted, f.ordered);
        add(Counted::units_filled, f.filled);
    }
    void operator()(const models::OrderClosed& f) const {
        add(Counted::orders_ended, 1);
        add(Counted::orders_on_time, !f.censored && f.in_full && f.delivered_day <= f.promised_day);
    }
    void operator()(const models::OrdersServed& f) const {
        add(Counted::orders, f.orders);
        add(Counted::units_wanted, f.units);
        add(Counted::units_filled, f.units);
        add(Counted::units_shipped, f.units);
        add(Counted::orders_ended, f.orders);
        add(Counted::orders_on_time, f.orders);
    }
    void operator()(const models::OrdersShort& f) const {
        add(Counted::orders, f.orders);
        add(Counted::units_wanted, f.ordered);
        add(Counted::units_filled, f.filled);
    }
    void operator()(const models::OrdersDelivered& f) const {
        const bool in_time = fact.at <= sim::kStart + sim::days{f.promised_day + 1};
        add(Counted::orders_ended, f.orders);
        add(Counted::orders_on_time, in_time ? f.orders : 0);
    }
    void operator()(const models::UnitsShipped& f) const { add(Counted::units_shipped, f.units); }
    void operator()(const models::LineCancelled& f) const { add(Counted::units_cancelled, f.units); }
    void operator()(const models::PenaltyCharged& f) const { add(Counted::penalties, amount(f.micros)); }
    void operator()(const models::FreightPaid& f) const { add(Counted::freight, amount(f.micros)); }
    void operator()(const models::CarrierDeparted& f) const { add(Counted::missed, f.missed); }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

void HourCounter::clear() {
    for (Hour& hour : places_) hour.fill(0);
}

HourCounter::HourCounter(const Looker& looker, const models::World& world)
    : places_(places_of(world.network->sites.size())), before_(messages(looker.links(world))) {
    clear();
}

HourCounter::ByInterface HourCounter::messages(const std::array<LinkScene, models::kInterfaces>& links) const {
    ByInterface sums = told_;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i].all += static_cast<double>(links[i].messages_today);
        sums[i].at_once += static_cast<double>(links[i].at_once_today);
    }
    return sums;
}

void HourCounter::read(std::span<const Fact> facts) {
    for (const Fact& fact : facts) {
        fact.visit(Adder{fact, places_[fact.where]});
        if (fact.kind() != models::FactList::kind_of<models::LinkDay>()) continue;
        const auto& day = fact.as<models::LinkDay>();
        told_[day.interface].all += day.at_once + day.by_retry + day.given_up;
        told_[day.interface].at_once += day.at_once;
    }
}

std::vector<Hour> HourCounter::close(const Looker& looker, const models::World& world) {
    looker.states(world, places_);
    const auto links = looker.links(world);
    const ByInterface now = messages(links);
    for (std::size_t i = 0; i < links.size(); ++i) {
        Hour& hour = places_[place_of_interface(world.network->sites.size(), i)];
        const auto put = [&](Counted which, double value) {
            hour[static_cast<std::size_t>(which)] = static_cast<float>(value);
        };
        put(Counted::messages, now[i].all - before_[i].all);
        put(Counted::at_once, now[i].at_once - before_[i].at_once);
        put(Counted::stuck, links[i].stuck);
        put(Counted::links_down, links[i].down);
        put(Counted::breakers_open, links[i].open);
    }
    before_ = now;
    std::vector<Hour> closed = places_;
    clear();
    return closed;
}

}  // namespace entrepot::viz

#include "results/kpis/accumulator.hpp"

/// What the facts of links between systems count for.
namespace entrepot::results {

using namespace models;

void KpiAccumulator::on(const LinkDay& f, const Place& told) {
    Place place = told;
    place.who = f.interface;
    constexpr double kHours = 24, kMany = 10'000, kMinutes = 60;
    const auto first = static_cast<double>(f.at_once);
    const double through = first + f.by_retry, messages = through + f.given_up;
    const double up = kHours - f.hours_down;
    cube_.add(Kpi::call_success, place, first, messages);
    cube_.add(Kpi::message_success, place, through, messages);
    cube_.add(Kpi::availability, place, up, kHours);
    cube_.add(Kpi::hours_to_repair, place, f.hours_down, f.outages);
    cube_.add(Kpi::hours_between_outages, place, up, f.outages);
    cube_.add(Kpi::late_minutes, place, kMinutes * f.hours_late, messages);
    cube_.add(Kpi::dead_letters, place, kMany * f.given_up, messages);
    cube_.add(Kpi::lost_messages, place, kMany * f.lost, messages);
    cube_.add(Kpi::duplicate_effects, place, kMany * f.twice, messages);
}

void KpiAccumulator::on(const LinkDelays& f, const Place& place) {
    if (!cube_.measured(place.day)) return;
    const auto phase = static_cast<std::size_t>(cube_.phase_at(place.day));
    for (std::size_t i = 0; i < f.in_use; ++i) delays_.add(f.interface, phase, f.bins[i], f.messages[i]);
}

void KpiAccumulator::on(const MessageOvertaken& f, const Place& told) {
    Place place = told;
    place.who = f.interface;
    cube_.add(Kpi::overtaken_messages, place, 1);
    cube_.add(Kpi::stale_overwrites, place, f.applied);
}

void KpiAccumulator::on(const MessageNeverCame& f, const Place& told) {
    Place place = told;
    place.who = f.interface;
    place.day = f.since_day;
    constexpr double kMinutes = 60;
    cube_.add(Kpi::late_minutes, place, kMinutes * f.hours_late, f.given_up ? 0 : 1);  // what was given up is counted
    if (!cube_.measured(place.day)) return;
    constexpr double kMicrosAnHour = 3.6e9;
    const auto micros = static_cast<std::int64_t>(kMicrosAnHour * f.hours);
    delays_.add(f.interface, static_cast<std::size_t>(cube_.phase_at(place.day)), delay_bin(micros), f.messages);
}

void KpiAccumulator::on(const CaseRaised& f, const Place& told) {
    if (f.hours_old < 0) return;
    Place place = told;
    place.who = f.kind;
    cube_.add(Kpi::record_age, place, f.hours_old, 1);
}

/// A quantile of the minutes that messages took; of one interface, or of all.
KpiAccumulator::Cell KpiAccumulator::delay(const Slice& slice, double p) const {
    const int before = static_cast<int>(dimensions_.classes.size() + kDecisionNames.size() + kRoleNames.size());
    const int interface = slice.velocity < 0 ? -1 : slice.velocity - before;
    return delays_.quantile(interface, slice.phase, p);
}

void KpiAccumulator::on(const BacklogDrained& f, const Place& told) {
    Place place = told;
    place.who = f.interface;
    place.day = f.since_day;
    cube_.add(Kpi::recovery_hours, place, f.hours, 1);
}

void KpiAccumulator::on(const SupplierTold& f, const Place& place) {
    cube_.add(Kpi::changed_answers, place, f.later != 0 || f.fewer != 0, 1);
}

void KpiAccumulator::on(const PurchaseLineReceived& f, const Place& place) {
    if (f.tells == 0) return;
    const auto heard = static_cast<Heard>(f.heard);
    cube_.add(Kpi::answered_lines, place, heard != Heard::nothing, 1);
    cube_.add(Kpi::announced_lines, place, heard == Heard::asn, 1);
    cube_.add(Kpi::receipt_date_error, place, std::abs(f.days_off), 1);
}

void KpiAccumulator::on(const OrderedTwice& f, const Place& told) {
    Place place = told;
    place.who = static_cast<int>(f.transfer != 0 ? DecisionKind::transfer : DecisionKind::purchase);
    cube_.add(Kpi::duplicate_orders, place, 1);
}

}  // namespace entrepot::results

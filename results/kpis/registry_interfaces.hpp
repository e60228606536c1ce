#pragma once

#include <array>

#include "results/kpis/registry.hpp"

/// The KPIs of links between systems.
namespace entrepot::results {

inline constexpr unsigned kLinked = kByInterface | kByPhase | kOfSome;

inline constexpr auto kInterfaceRows = std::to_array<KpiInfo>({
    {Kpi::call_success, "call_success", "API success rate, first call", "", Form::share, Better::higher, kLinked, true,
     "Messages between systems that came through by their first call, over all that came through or were given up; of "
     "interfaces that can fail. A nightly batch, a release and an extract are one message each."},
    {Kpi::message_success, "message_success", "API success rate, with retries", "", Form::share, Better::higher,
     kLinked, false, "Messages that came through without people, over the same."},
    {Kpi::availability, "availability", "Availability of links", "", Form::share, Better::higher, kLinked, false,
     "Hours in which a link was up, over all hours, mean over the links of interfaces that can fail."},
    {Kpi::hours_to_repair, "hours_to_repair", "Mean time to repair", "h", Form::ratio, Better::lower, kLinked, false,
     "Hours in which links were down, over the outages that ended: one that outlasts the window makes it long."},
    {Kpi::hours_between_outages, "hours_between_outages", "Mean time between failures", "h", Form::ratio,
     Better::higher, kLinked, false, "Hours in which links were up over the outages that ended."},
    {Kpi::recovery_hours, "recovery_hours", "Recovery from integration failures", "h", Form::ratio, Better::lower,
     kLinked, true,
     "Hours from the first message of a link that did not come through at once until none was stuck any more, mean: "
     "what the business waits for, while the link itself may be up again long since. By the day of that first message; "
     "what is stuck at the end of the horizon counts up to there."},
    {Kpi::late_minutes, "late_minutes", "Delay of messages by failures and queues", "min", Form::ratio, Better::lower,
     kLinked, false,
     "Minutes from when a message was to go, by its link's beat, until it came through, mean: for retries, a circuit "
     "breaker, or its turn where a link takes only so many. What has not come when the horizon ends counts up to "
     "there, by the day on which it was to go."},
    {Kpi::dead_letters, "dead_letters", "Dead letters, of 10,000 messages", "", Form::ratio, Better::lower, kLinked,
     false, "Messages that no retry has helped, so that people had to."},
    {Kpi::lost_messages, "lost_messages", "Lost messages, of 10,000", "", Form::ratio, Better::lower, kLinked, false,
     "Of these, those that nothing has kept: nobody knows of them until somebody misses what they said."},
    {Kpi::duplicate_effects, "duplicate_effects", "Duplicate effects, of 10,000 messages", "", Form::ratio,
     Better::lower, kLinked, false, "Messages that had their effect a second time."},
    {Kpi::message_delay_p50, "message_delay_p50", "Message latency, median", "min", Form::ratio, Better::lower, kLinked,
     false,
     "Minutes from when a message was ready until what it asks for was done, of interfaces that take time or can fail; "
     "of a nightly batch, each posting by itself. What has failed and not come when the horizon ends counts up to "
     "there. Quantiles are within an eighth of the value, mostly much closer."},
    {Kpi::message_delay_p95, "message_delay_p95", "Message latency, 95 %", "min", Form::ratio, Better::lower, kLinked,
     true, "The same, of which 95 % of the messages take no more."},
    {Kpi::message_delay_p99, "message_delay_p99", "Message latency, 99 %", "min", Form::ratio, Better::lower, kLinked,
     false, "The same, of which 99 % take no more."},
    {Kpi::overtaken_messages, "overtaken_messages", "Messages that were overtaken", "", Form::total, Better::lower,
     kLinked, false, "Messages that were held up and came after a newer one of the same item or purchase line."},
    {Kpi::stale_overwrites, "stale_overwrites", "Older states over newer ones", "", Form::total, Better::lower, kLinked,
     false, "Of these, those that nobody recognised: the older state holds until the next news."},
    {Kpi::record_age, "record_age", "Age of the record that decisions saw", "h", Form::ratio, Better::lower,
     kByDecision | kByPhase | kOfSome, false,
     "Hours since what headquarters had last heard of a site's record was true of all that had happened there, when a "
     "case about an item there was raised, mean: since the extract was made, or, where postings were stuck then, since "
     "the first of them. The seconds that a posting takes to the record are not in it; and a site where nothing has "
     "happened since tells nothing."},
});

}  // namespace entrepot::results

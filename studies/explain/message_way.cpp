#include "studies/explain/message_way.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

using models::InterfaceName;
using models::MessageStep;

namespace {

/// Who knows of it once it has come through.
const char* known_text(InterfaceName interface) {
    switch (interface) {
        case InterfaceName::posting:
            return "the record knows of it";
        case InterfaceName::release:
        case InterfaceName::priority:
            return "the floor knows of it";
        case InterfaceName::extract:
        case InterfaceName::forecast:
            return "headquarters knows of it";
        case InterfaceName::gateway:
            return "the web shop knows of it";
        case InterfaceName::notice:
            return "the customer knows";
        case InterfaceName::purchase_order:
            return "the supplier knows of it";
        case InterfaceName::transfer_order:
            return "the sending warehouse is told";
        case InterfaceName::confirmation:
        case InterfaceName::asn:
            return "the record goes by it";
        case InterfaceName::recommendation:
            return "it comes before people";
        case InterfaceName::tracking:
            return "the customer hears that the goods come late";
    }
    return "";
}

/// What is believed while it has not.
const char* believed_text(InterfaceName interface) {
    switch (interface) {
        case InterfaceName::posting:
            return "the goods have moved, and the record doesn't know";
        case InterfaceName::release:
        case InterfaceName::priority:
            return "the record has told the floor, which doesn't know";
        case InterfaceName::extract:
        case InterfaceName::forecast:
            return "headquarters goes by what it heard before";
        case InterfaceName::gateway:
            return "the web shop sells by what it heard before";
        case InterfaceName::notice:
            return "the system holds the customer for told";
        case InterfaceName::purchase_order:
            return "the record counts on it, and the supplier has never heard of it";
        case InterfaceName::transfer_order:
            return "the record counts on it, and the sending warehouse has never heard of it";
        case InterfaceName::confirmation:
        case InterfaceName::asn:
            return "the record still has what it had before";
        case InterfaceName::recommendation:
            return "the system waits for people who don't know of it";
        case InterfaceName::tracking:
            return "the carrier knows that the goods come late, and nobody else does";
    }
    return "";
}

std::string after(std::int64_t micros) { return span_text(models::Duration{micros}); }

/// It has done nothing but come through in the moment in which it was sent.
bool is_smooth(const std::vector<const Hop*>& way) {
    return std::ranges::all_of(way, [&](const Hop* hop) {
        const bool at_once = hop->at == way.front()->at && hop->told.micros == 0;
        return at_once && (hop->told.step == MessageStep::sent || hop->told.step == MessageStep::applied);
    });
}

/// One message's way.
class Way {
public:
    Way(std::string who, std::vector<Step>& steps) : who_(std::move(who)), steps_(steps) {}

    void tell(const Hop& hop) {
        const auto interface = static_cast<InterfaceName>(hop.told.interface);
        const std::int64_t micros = hop.told.micros;
        switch (hop.told.step) {
            case MessageStep::sent:
                sent_ = hop.at;
                if (micros > 0) step(hop, fmt::format("is to take it in {}", after(micros)));
                break;
            case MessageStep::queued:
                if (micros > 0) step(hop, fmt::format("has others before it: its turn comes in {}", after(micros)));
                break;
            case MessageStep::rested:
                step(hop, "is given a rest, as too many calls have failed: it waits");
                break;
            case MessageStep::retried:
                break;
            case MessageStep::failed:
                step(hop, fmt::format("fails at the {} call, and is called again in {}", ordinal_text(++calls_),
                                      after(micros)));
                break;
            case MessageStep::kept:
            case MessageStep::lost:
                step(hop, fmt::format("fails at the {} call, and gives it up{}: {}", ordinal_text(++calls_),
                                      hop.told.step == MessageStep::kept ? " as a dead letter" : "",
                                      believed_text(interface)));
                break;
            case MessageStep::repaired:
                step(hop, "is seen to by people, who send it once more");
                calls_ = 0;
                break;
            case MessageStep::answered:
                step(hop, fmt::format("takes it, and has it there in {}", after(micros)));
                break;
            case MessageStep::held_up:
                step(hop, fmt::format("holds it up for {}, while others pass it", after(micros)));
                break;
            case MessageStep::to_key:
                step(hop, "brings it as a letter, which somebody is to enter by hand");
                break;
            case MessageStep::applied:
                come_through(hop, interface);
                break;
            case MessageStep::twice:
                step(hop,
                     "brings it a second time, as only the answer to a call was lost; the record knows nothing of "
                     "that");
                break;
        }
    }

private:
    void come_through(const Hop& hop, InterfaceName interface) {
        Hop there = hop;
        there.at += models::Duration{hop.told.micros};
        const std::string call = calls_ > 0 ? fmt::format(" at the {} call", ordinal_text(calls_ + 1)) : "";
        std::string late;
        if (sent_ && there.at > *sent_) late = fmt::format(", {} after it was sent", span_text(there.at - *sent_));
        if (sent_ && there.at == *sent_) late = " at once";
        step(there, fmt::format("brings it through{}{}: {}", call, late, known_text(interface)));
    }

    void step(const Hop& hop, std::string what) { steps_.push_back({hop.at, who_, std::move(what), hop.sights}); }

    std::string who_;
    std::vector<Step>& steps_;
    std::optional<Time> sent_;
    int calls_ = 0;  ///< that have failed since people saw to it
};

}  // namespace

std::vector<Step> steps_of_messages(const models::Network& network, models::SiteId sender, const std::vector<Hop>& hops,
                                    bool only_trouble) {
    std::map<std::pair<std::uint16_t, std::uint32_t>, std::vector<const Hop*>> ways;
    for (const Hop& hop : hops) ways[{hop.told.link, hop.told.number}].push_back(&hop);
    std::vector<Step> steps;
    for (const auto& [name, hops_of_one] : ways) {
        if (only_trouble && is_smooth(hops_of_one)) continue;
        Way way("interface of " + link_text(network, sender, name.first), steps);
        for (const Hop* hop : hops_of_one) way.tell(*hop);
    }
    std::ranges::stable_sort(steps, {}, &Step::at);
    return steps;
}

void add_messages(std::vector<Step>& steps, const models::Network& network, const std::vector<Hop>& hops) {
    std::vector<Hop> orders, others;
    for (const Hop& hop : hops) {
        const bool order =
            hop.of(models::InterfaceName::purchase_order) || hop.of(models::InterfaceName::transfer_order);
        (order ? orders : others).push_back(hop);
    }
    const models::SiteId headquarters{network.sites.size()};
    for (Step& one : steps_of_messages(network, headquarters, orders, false)) steps.push_back(std::move(one));
    for (Step& one : steps_of_messages(network, headquarters, others, true)) steps.push_back(std::move(one));
    std::ranges::stable_sort(steps, {}, &Step::at);
}

bool is_given_up(const Hop& hop) { return hop.told.step == MessageStep::kept || hop.told.step == MessageStep::lost; }

}  // namespace entrepot::studies::explain

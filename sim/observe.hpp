#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sim/world.hpp"

/// Observers of a run. A runner without one carries none of this. They belong to runs on one thread.
namespace entrepot::sim {

/// The name of a type without its namespaces: "PickDone".
template <class T>
constexpr std::string_view type_name() {
    std::string_view name = __PRETTY_FUNCTION__;  // "... [with T = entrepot::models::PickDone; ...]"
    name.remove_prefix(name.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    const auto colons = name.rfind("::");
    return colons == name.npos ? name : name.substr(colons + 2);
}

/// Names of a model's messages, by kind.
template <class List>
struct NamesOf;
template <class... M>
struct NamesOf<MessageList<M...>> {
    static constexpr std::array<std::string_view, sizeof...(M)> value{type_name<M>()...};
};

/// Counts events by kind, and how many wait.
class Statistics {
public:
    void handled(const Event& event, const Pending& pending, std::uint32_t, std::uint32_t) {
        ++by_kind[event.kind()];
        ++events;
        waiting_sum += pending.size();
        most_waiting = std::max<std::uint64_t>(most_waiting, pending.size());
    }
    double mean_waiting() const {
        return events == 0 ? 0 : static_cast<double>(waiting_sum) / static_cast<double>(events);
    }

    std::array<std::uint64_t, 256> by_kind{};
    std::uint64_t events = 0, waiting_sum = 0, most_waiting = 0;
};

/// What caused what. An event's cause is the event whose handler sent it; nothing of it is kept in the events, because
/// a sender's own count says which of its events sent what.
class Trace {
public:
    struct Entry {
        Event event;
        bool caused = false;  ///< a cause is known: it happened while the trace was on
        Event cause;
    };
    explicit Trace(std::function<void(const Entry&)> tell) : tell_(std::move(tell)) {}

    void handled(const Event& event, const Pending&, std::uint32_t sent_before, std::uint32_t sent_after) {
        Entry entry{.event = event, .cause = event};
        if (const auto found = causes_.find(id(event.from(), event.nth())); found != causes_.end()) {
            entry.caused = true;
            entry.cause = found->second;
            causes_.erase(found);
        }
        for (std::uint32_t nth = sent_before; nth != sent_after; ++nth) causes_.emplace(id(event.to(), nth), event);
        tell_(entry);
    }

private:
    static std::uint64_t id(EntityId from, std::uint32_t nth) { return (std::uint64_t{from} << 32) | nth; }

    std::function<void(const Entry&)> tell_;
    std::unordered_map<std::uint64_t, Event> causes_;  ///< of events that wait
};

}  // namespace entrepot::sim

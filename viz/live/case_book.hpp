#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/model.hpp"
#include "studies/explain/message_way.hpp"

/// What the cases of one replication have gone through, as its facts told it when it happened for the first time.
namespace entrepot::viz {

/// A step of a case, or a guardrail that struck.
struct CaseLine {
    models::Time at{};
    models::CaseStep step{};
    models::Role role{};
    models::StepOutcome outcome{};
    bool guardrail = false;  ///< no step: a guardrail of that name has struck
    models::Units units = 0;
    std::string name;  ///< of the inventory policy that is followed; empty where none is
};

/// Another case that belongs to it.
struct CaseRelative {
    std::uint32_t number = models::kNone;
    models::DecisionKind kind{};
};

struct CaseHistory {
    std::uint32_t number = models::kNone;
    models::DecisionKind kind{};
    models::ItemId item;
    models::SiteId site;
    std::uint32_t order = 0;  ///< name of the order where it is about one
    std::vector<CaseLine> lines;
    std::optional<CaseRelative> because_of;
    std::vector<CaseRelative> led_to;
    std::vector<studies::explain::Hop> messages;  ///< that carried its recommendation, and what it ordered

    models::Time raised() const { return lines.front().at; }
    models::Units units() const { return lines.back().units; }
    /// It is about the stock of an item at a site.
    bool of_stock() const { return item.value != models::kNone; }
    bool over() const { return lines.back().step == models::CaseStep::closed; }
};

/// A moment up to which something is told.
struct Until {
    models::Time moment{};
    bool with = false;  ///< what happened at that moment itself, too
    bool before(models::Time t) const { return with ? t > moment : t >= moment; }
};

/// Hears the facts of a replication once, in their order, and tells what a case has gone through up to any moment:
/// going back in time needs no second run.
class CaseBook {
public:
    void read(std::span<const models::Fact> facts);
    /// What policies and guardrails are called in the world that it hears of: once, whatever was heard before.
    void name_from(const models::Network& network);

    /// Nothing of a case that wasn't raised by then.
    std::optional<CaseHistory> history(std::uint32_t number, const Until& until) const;
    /// When somebody was last asked to agree to it.
    std::optional<models::Time> last_asked(std::uint32_t number, const Until& until) const;
    /// The book of a world that leaves this one at that moment.
    CaseBook inherited(const Until& until) const;

    std::size_t cases() const { return heads_.size(); }
    std::size_t bytes() const {
        return entries_.capacity() * sizeof(Entry) + heads_.capacity() * sizeof(Head) + hops_.capacity() * sizeof(Hop);
    }

private:
    /// Of each case; numbers ascend without a gap.
    struct Head {
        std::uint32_t first = models::kNone, last = models::kNone;  ///< entries
        std::uint32_t because_of = models::kNone;
        std::uint32_t first_led_to = models::kNone, last_led_to = models::kNone, next_sibling = models::kNone;
        std::uint32_t first_hop = models::kNone, last_hop = models::kNone;
        std::uint32_t item = 0, order = 0, subject = models::kNone;
        std::uint16_t site = 0;
        std::uint8_t kind = 0;
    };
    struct Hop {
        models::Time at{};
        models::MessageStepped told;
        std::uint32_t next = models::kNone;
    };
    struct Entry {
        std::int64_t at;  ///< microseconds since the start
        std::uint32_t next;
        std::int32_t units;
        std::uint16_t name;  ///< index of the policy or the guardrail
        std::uint8_t step, role, outcome;
        bool guardrail;
        std::uint8_t names;  ///< index in names_
        std::uint8_t rest;
    };
    static_assert(sizeof(Entry) == 24);
    struct Names {
        std::vector<std::string> policies, guardrails;
    };

    void step(models::Time at, const models::CaseStepped& told);
    void place(std::uint32_t number);
    void hop(models::Time at, const models::MessageStepped& told);
    void add_hop(Head& head, Hop one);
    void add(Head& head, Entry entry);
    void lead(std::uint32_t number);
    static models::Time time_of(const Entry& entry) { return sim::kStart + models::Duration{entry.at}; }
    std::string name_of(const Entry& entry) const;
    bool raised(std::uint32_t number, const Until& until) const;

    std::vector<Head> heads_;
    std::vector<Entry> entries_;
    std::vector<Hop> hops_;
    /// Numbers of cases: by place of the purchase line or transfer that they order; by link and number of a message.
    std::unordered_map<std::uint32_t, std::uint32_t> purchase_of_, transfer_of_;
    std::unordered_map<std::uint64_t, std::uint32_t> message_of_;
    std::vector<Names> names_;  ///< the last are those of the world that it hears of, the others of worlds it left
    std::uint8_t own_ = 0;
};

}  // namespace entrepot::viz

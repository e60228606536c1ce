#include "viz/live/case_book.hpp"

#include <algorithm>

namespace entrepot::viz {

using models::CaseStep;
using models::CaseStepped;
using models::Fact;
using models::kNone;

void CaseBook::read(std::span<const Fact> facts) {
    for (const Fact& fact : facts) {
        if (fact.kind() == models::FactList::kind_of<CaseStepped>()) {
            step(fact.at, fact.as<CaseStepped>());
        } else if (fact.kind() == models::FactList::kind_of<models::GuardrailMet>()) {
            const auto& met = fact.as<models::GuardrailMet>();
            if (met.struck == 0 || met.number >= heads_.size()) continue;
            Head& head = heads_[met.number];
            add(head, {.at = (fact.at - sim::kStart).count(),
                       .next = kNone,
                       .units = entries_[head.last].units,
                       .name = met.guardrail,
                       .step = 0,
                       .role = 0,
                       .outcome = 0,
                       .guardrail = true,
                       .names = own_,
                       .rest = 0});
        } else if (fact.kind() == models::FactList::kind_of<models::CaseRaised>()) {
            const auto& raised = fact.as<models::CaseRaised>();
            if (raised.number < heads_.size() && raised.subject == kNone) heads_[raised.number].order = raised.order;
            if (raised.number < heads_.size()) heads_[raised.number].subject = raised.subject;
            place(raised.number);
        } else if (fact.kind() == models::FactList::kind_of<models::MessageStepped>()) {
            hop(fact.at, fact.as<models::MessageStepped>());
        }
    }
}

void CaseBook::step(models::Time at, const CaseStepped& told) {
    if (told.number >= heads_.size()) {
        heads_.resize(std::size_t{told.number} + 1);
        Head& fresh = heads_.back();
        fresh.because_of = told.because_of, fresh.item = told.item, fresh.site = told.site, fresh.kind = told.kind;
        lead(told.number);
    }
    add(heads_[told.number], {.at = (at - sim::kStart).count(),
                              .next = kNone,
                              .units = told.units,
                              .name = told.policy,
                              .step = told.step,
                              .role = told.role,
                              .outcome = told.outcome,
                              .guardrail = false,
                              .names = own_,
                              .rest = 0});
}

/// What a case orders has a place at headquarters, and had been another one's.
void CaseBook::place(std::uint32_t number) {
    if (number >= heads_.size() || heads_[number].subject == kNone) return;
    const auto kind = static_cast<models::DecisionKind>(heads_[number].kind);
    if (kind == models::DecisionKind::purchase) purchase_of_[heads_[number].subject] = number;
    if (kind == models::DecisionKind::transfer) transfer_of_[heads_[number].subject] = number;
}

/// A message belongs to the case that had its place when it was sent.
void CaseBook::hop(models::Time at, const models::MessageStepped& told) {
    const auto interface = static_cast<models::InterfaceName>(told.interface);
    const bool of_site = static_cast<std::size_t>(interface) < models::kInterfacesOfSites;
    if (of_site || interface == models::InterfaceName::forecast) return;
    const std::uint64_t key = std::uint64_t{told.link} << 32 | told.number;
    if (told.step == models::MessageStep::sent) {
        const auto& places = interface == models::InterfaceName::transfer_order ? transfer_of_ : purchase_of_;
        const auto place = places.find(told.content[0]);
        if (interface == models::InterfaceName::recommendation) {
            message_of_[key] = told.content[1];
        } else if (place != places.end()) {
            message_of_[key] = place->second;
        }
    }
    const auto number = message_of_.find(key);
    if (number == message_of_.end() || number->second >= heads_.size()) return;
    add_hop(heads_[number->second], {at, told, kNone});
}

void CaseBook::add_hop(Head& head, Hop one) {
    one.next = kNone;
    const auto place = static_cast<std::uint32_t>(hops_.size());
    (head.first_hop == kNone ? head.first_hop : hops_[head.last_hop].next) = place;
    head.last_hop = place;
    hops_.push_back(one);
}

void CaseBook::add(Head& head, Entry entry) {
    entry.next = kNone;
    const auto place = static_cast<std::uint32_t>(entries_.size());
    (head.first == kNone ? head.first : entries_[head.last].next) = place;
    head.last = place;
    entries_.push_back(entry);
}

/// Its case stands among those that another one led to.
void CaseBook::lead(std::uint32_t number) {
    const std::uint32_t cause = heads_[number].because_of;
    if (cause >= heads_.size()) return;
    Head& from = heads_[cause];
    (from.first_led_to == kNone ? from.first_led_to : heads_[from.last_led_to].next_sibling) = number;
    from.last_led_to = number;
}

void CaseBook::name_from(const models::Network& network) {
    Names names;
    for (const auto& policy : network.policies) names.policies.push_back(policy.name);
    for (const auto& guardrail : network.strategy.governance.guardrails) names.guardrails.push_back(guardrail.name);
    names_.resize(own_);
    names_.push_back(std::move(names));
}

std::string CaseBook::name_of(const Entry& entry) const {
    if (entry.names >= names_.size()) return "";
    const auto& all = entry.guardrail ? names_[entry.names].guardrails : names_[entry.names].policies;
    return entry.name < all.size() ? all[entry.name] : "";
}

bool CaseBook::raised(std::uint32_t number, const Until& until) const {
    if (number >= heads_.size() || heads_[number].first == kNone) return false;
    return !until.before(time_of(entries_[heads_[number].first]));
}

std::optional<CaseHistory> CaseBook::history(std::uint32_t number, const Until& until) const {
    if (!raised(number, until)) return std::nullopt;
    const Head& head = heads_[number];
    CaseHistory history{.number = number,
                        .kind = static_cast<models::DecisionKind>(head.kind),
                        .item = models::ItemId{head.item},
                        .site = models::SiteId{head.site},
                        .order = head.order,
                        .lines = {},
                        .because_of = {},
                        .led_to = {},
                        .messages = {}};
    for (std::uint32_t i = head.first_hop; i != kNone && !until.before(hops_[i].at); i = hops_[i].next) {
        history.messages.push_back({hops_[i].at, hops_[i].told, {}});
    }
    for (std::uint32_t i = head.first; i != kNone && !until.before(time_of(entries_[i])); i = entries_[i].next) {
        const Entry& entry = entries_[i];
        history.lines.push_back({time_of(entry), static_cast<CaseStep>(entry.step),
                                 static_cast<models::Role>(entry.role), static_cast<models::StepOutcome>(entry.outcome),
                                 entry.guardrail, entry.units, name_of(entry)});
    }
    const auto relative = [&](std::uint32_t n) {
        return CaseRelative{n, static_cast<models::DecisionKind>(heads_[n].kind)};
    };
    if (head.because_of < heads_.size()) history.because_of = relative(head.because_of);
    for (std::uint32_t n = head.first_led_to; n != kNone; n = heads_[n].next_sibling) {
        if (raised(n, until)) history.led_to.push_back(relative(n));
    }
    return history;
}

std::optional<models::Time> CaseBook::last_asked(std::uint32_t number, const Until& until) const {
    if (!raised(number, until)) return std::nullopt;
    std::optional<models::Time> asked;
    for (std::uint32_t i = heads_[number].first; i != kNone && !until.before(time_of(entries_[i]));
         i = entries_[i].next) {
        if (static_cast<CaseStep>(entries_[i].step) == CaseStep::asked) asked = time_of(entries_[i]);
    }
    return asked;
}

/// Case by case, so that those that were raised later are not among them.
CaseBook CaseBook::inherited(const Until& until) const {
    CaseBook book;
    book.entries_.reserve(entries_.size());
    for (std::uint32_t number = 0; raised(number, until); ++number) {
        Head head = heads_[number];
        const std::uint32_t first = head.first;
        const std::uint32_t first_hop = head.first_hop;
        head.first_hop = head.last_hop = kNone;
        head.first = head.last = head.first_led_to = head.last_led_to = head.next_sibling = kNone;
        book.heads_.push_back(head);
        for (std::uint32_t i = first; i != kNone && !until.before(time_of(entries_[i])); i = entries_[i].next) {
            book.add(book.heads_.back(), entries_[i]);
        }
        for (std::uint32_t i = first_hop; i != kNone && !until.before(hops_[i].at); i = hops_[i].next) {
            book.add_hop(book.heads_.back(), hops_[i]);
        }
        book.lead(number);
        book.place(number);
    }
    book.message_of_ = message_of_;
    std::erase_if(book.message_of_, [&](const auto& one) { return one.second >= book.heads_.size(); });
    book.names_ = names_;
    book.own_ = static_cast<std::uint8_t>(std::min<std::size_t>(names_.size(), 255));
    return book;
}

}  // namespace entrepot::viz

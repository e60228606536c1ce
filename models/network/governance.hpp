#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/network/ids.hpp"
#include "models/roles.hpp"
#include "models/units.hpp"

/// Who may decide what, within which limits, and who must agree: the governance of one strategy.
namespace entrepot::models {

/// The matrix of decision rights: for each kind of decision the roles that may decide it.
struct Rights {
    /// The system releases by itself what no guardrail stops; all else is on the desk of the first role of people.
    /// With nobody at all, it bounces from desk to desk until somebody decides.
    std::vector<Role> purchase{Role::planner}, transfer{Role::planner}, escalation{Role::service_agent},
        supplier_exception{Role::planner}, promise_change{Role::system}, alert{Role::planner};
    /// Whoever settles an escalation and may do these, too, does so in one go.
    std::vector<Role> priority_exception{Role::service_agent}, allocation_override{Role::service_agent};
    std::vector<Role> integration_exception{Role::it_support};
    std::vector<Role> credit_hold{Role::finance}, data_hold{Role::service_agent};
    std::vector<Role> keying{Role::planner};
    /// Who may change what is recommended before it is decided.
    std::vector<Role> override_recommendation{Role::planner, Role::service_agent, Role::procurement, Role::finance,
                                              Role::service_lead};

    const std::vector<Role>& of(DecisionKind kind) const {
        switch (kind) {
            case DecisionKind::purchase:
                return purchase;
            case DecisionKind::transfer:
                return transfer;
            case DecisionKind::escalation:
                return escalation;
            case DecisionKind::promise_change:
                return promise_change;
            case DecisionKind::alert:
                return alert;
            case DecisionKind::priority_exception:
                return priority_exception;
            case DecisionKind::allocation_override:
                return allocation_override;
            case DecisionKind::integration_exception:
                return integration_exception;
            case DecisionKind::credit_hold:
                return credit_hold;
            case DecisionKind::data_hold:
                return data_hold;
            case DecisionKind::keying:
                return keying;
            case DecisionKind::supplier_exception:
                break;
        }
        return supplier_exception;
    }
    bool has(Role role, DecisionKind kind) const { return std::ranges::count(of(kind), role) > 0; }
    bool automatic(DecisionKind kind) const { return has(Role::system, kind); }
    /// The role of people on whose desk it is.
    std::optional<Role> owner(DecisionKind kind) const {
        const auto person = std::ranges::find_if(of(kind), [](Role role) { return role != Role::system; });
        return person == of(kind).end() ? std::nullopt : std::optional(*person);
    }
};

enum class GuardrailAction : std::uint8_t {
    route,  ///< to people
    block,  ///< nothing is done
    cap,    ///< as much as it allows
};

/// A limit of what the system decides by itself. It holds a decision against each of its measures.
struct Guardrail {
    std::string name;
    DecisionKind decision = DecisionKind::purchase;
    GuardrailAction action = GuardrailAction::route;
    // Scope; what is not said holds for all.
    std::optional<SiteId> site;  ///< that needs the goods
    std::optional<ItemId> item;
    std::optional<ClassId> velocity;
    std::vector<bool> suppliers;  ///< by supplier
    std::vector<bool> tiers;      ///< of customers, by tier
    // Measures.
    std::optional<Money> most_value;          ///< at cost
    std::optional<double> least_confidence;   ///< of the forecast, in [0,1]
    std::optional<double> most_change;        ///< |quantity - usual quantity| / usual quantity
    std::optional<double> least_donor_cover;  ///< days of demand that a transfer leaves to its donor
    std::optional<double> most_lead_time_cv;  ///< the supplier's, as its receipts have shown
    std::optional<Money> least_margin;        ///< of the units of a transfer, less its freight
    std::optional<Money> most_value_a_day;    ///< of all that the system released on the day
    std::optional<std::int32_t> most_a_day;   ///< decisions that the system released on the day
    bool keeps_account() const { return most_value_a_day || most_a_day; }
};

/// A level of approval: what it must agree to, and who speaks for it.
struct ApprovalLevel {
    std::string name;
    std::vector<DecisionKind> decisions{DecisionKind::purchase};
    std::vector<bool> tiers;                   ///< of the customers whom it concerns; empty: all
    bool changes = false;                      ///< it is asked for whatever a person has changed, too
    Money above;                               ///< value, at cost, from which on it is asked
    Role role = Role::procurement;             ///< whose desk it is
    Duration median{};                         ///< business hours until an approver turns to it, lognormal
    double sigma = 0;                          ///< of its logarithm
    double absent = 0;                         ///< share of the business days on which the approver is away
    std::optional<Role> delegate;              ///< who decides on these days; none: it waits
    std::optional<Duration> service_level;     ///< business hours after which somebody else is asked, too
    std::optional<std::uint8_t> escalates_to;  ///< the level that is asked then
    std::uint64_t key = 0;                     ///< hash of the name, of its draws

    bool concerns(DecisionKind kind) const { return std::ranges::count(decisions, kind) > 0; }
};

/// Which people have a case that is before people, and what becomes of one that nobody comes to.
struct Route {
    std::string name;
    // Of which cases; what is not said holds for all.
    std::vector<DecisionKind> decisions;
    std::optional<Money> above;         ///< value at cost
    std::optional<double> cover_below;  ///< days that the stock lasts which headquarters believes in
    std::optional<ClassId> velocity;
    std::vector<bool> tiers;  ///< of customers, by tier
    // What with them.
    std::optional<Role> to;                 ///< whose desk; none: the owner's
    bool urgent = false;                    ///< it goes before ordinary cases, whatever its kind
    std::optional<Duration> ages_after;     ///< it is urgent from then on
    std::optional<Duration> settles_after;  ///< it is settled without people
    bool releases = true;                   ///< as recommended; else nothing is done
};

struct Governance {
    Rights rights;
    std::vector<Route> routes;  ///< the first that fits holds
    std::vector<Guardrail> guardrails;
    std::vector<ApprovalLevel> approvals;  ///< by rising `above`
};

}  // namespace entrepot::models

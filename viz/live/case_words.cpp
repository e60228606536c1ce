#include "viz/live/case_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "studies/explain/words.hpp"

namespace entrepot::viz {

namespace explain = studies::explain;

using models::CaseStep;
using models::DecisionKind;
using models::Role;
using models::StepOutcome;

std::string waited_text(models::Duration span) {
    const auto minutes = std::chrono::floor<sim::minutes>(span).count();
    const auto hours = minutes / 60, days = hours / 24;
    if (days > 0) return fmt::format("{} d {} h", days, hours % 24);
    return hours > 0 ? fmt::format("{} h {:02} min", hours, minutes % 60) : fmt::format("{} min", minutes);
}

const char* people_text(Role role) {
    switch (role) {
        case Role::system:
            return "systems";
        case Role::planner:
            return "planners";
        case Role::service_agent:
            return "customer service";
        case Role::procurement:
            return "procurement";
        case Role::finance:
            return "finance";
        case Role::service_lead:
            return "service leads";
        case Role::it_support:
            return "IT support";
        case Role::warehouse_supervisor:
            return "warehouse supervisors";
    }
    return "";
}

const char* person_text(Role role) { return explain::person_text(role); }

const char* role_text(Role role) {
    switch (role) {
        case Role::system:
            return "system";
        case Role::planner:
            return "planner";
        case Role::service_agent:
            return "agent";
        case Role::procurement:
            return "procurement";
        case Role::finance:
            return "finance";
        case Role::service_lead:
            return "service lead";
        case Role::it_support:
            return "IT support";
        case Role::warehouse_supervisor:
            return "supervisor";
    }
    return "";
}

std::string about_text(const CaseHistory& history, const models::Network& network) {
    if (history.kind == DecisionKind::integration_exception) {
        return "stuck messages: " + explain::link_text(network, history.site, history.order);
    }
    const std::string item = network.items[history.item].name, site = network.sites[history.site].name;
    const std::string goods =
        history.units() > 0 ? fmt::format("{} of {}", explain::amount_text(history.units()), item) : item;
    switch (history.kind) {
        case DecisionKind::purchase:
            return fmt::format("purchase of {} for {}", goods, site);
        case DecisionKind::transfer:
            return fmt::format("transfer of {} to {}", goods, site);
        case DecisionKind::escalation:
            return fmt::format("complaint about {} at {}", item, site);
        case DecisionKind::supplier_exception:
            return fmt::format("late purchase of {} for {}", goods, site);
        case DecisionKind::promise_change:
            return fmt::format("later promise to a customer who waits for {} at {}", item, site);
        case DecisionKind::alert:
            return fmt::format("alert of {} at {}", item, site);
        case DecisionKind::priority_exception:
            return fmt::format("order for {} before its turn at {}", item, site);
        case DecisionKind::allocation_override:
            return fmt::format("stock of {} that others were promised at {}", goods, site);
        case DecisionKind::credit_hold:
            return fmt::format("credit of the customer who ordered {} at {}", item, site);
        case DecisionKind::keying:
            return fmt::format("supplier's e-mail about {} for {}", item, site);
        case DecisionKind::data_hold:
            return fmt::format("unclear order for {} at {}", item, site);
        case DecisionKind::integration_exception:
            break;
    }
    return "";
}

namespace {

const char* detected_text(const CaseHistory& history) {
    switch (history.kind) {
        case DecisionKind::purchase:
            return "the stock asks for a purchase";
        case DecisionKind::transfer:
            return history.because_of ? "stock of another site is asked for" : "another site could give stock";
        case DecisionKind::escalation:
            return "a customer complains";
        case DecisionKind::supplier_exception:
            return "a purchase line is late, and its stock is running out";
        case DecisionKind::promise_change:
            return "an order will be late: its customer is to be told";
        case DecisionKind::alert:
            return "something is wrong with the stock";
        case DecisionKind::priority_exception:
            return "an order is to go before its turn";
        case DecisionKind::allocation_override:
            return "an order is to get stock that others were promised";
        case DecisionKind::integration_exception:
            return "messages don't come through";
        case DecisionKind::credit_hold:
            return "an order is held for its customer's account";
        case DecisionKind::keying:
            return "a supplier has written of a purchase line";
        case DecisionKind::data_hold:
            return "an order is held: something in it isn't clear";
    }
    return "";
}

const char* executed_text(DecisionKind kind) {
    switch (kind) {
        case DecisionKind::purchase:
            return "the order is with the supplier";
        case DecisionKind::transfer:
            return "the transfer is ordered";
        case DecisionKind::escalation:
            return "the customer is answered";
        case DecisionKind::supplier_exception:
            return "the supplier is paid to hurry";
        case DecisionKind::promise_change:
            return "the notice is on its way to the customer";
        case DecisionKind::alert:
            return "somebody has seen to it";
        case DecisionKind::priority_exception:
            return "the order goes first";
        case DecisionKind::allocation_override:
            return "the stock is taken from others";
        case DecisionKind::integration_exception:
            return "what was stuck is sent once more";
        case DecisionKind::keying:
            return "it is on the record";
        case DecisionKind::credit_hold:
        case DecisionKind::data_hold:
            return "the order is cleared";
    }
    return "";
}

/// Goes through a case's lines, and remembers what the next ones need.
class Teller {
public:
    Teller(const CaseHistory& history, const models::Network& network) : history_(history), network_(network) {}

    std::vector<CaseStepText> all() {
        for (const CaseLine& line : history_.lines) take(line);
        take_messages();
        return std::move(texts_);
    }

private:
    void take(const CaseLine& line) {
        if (line.guardrail) {
            struck_.push_back(line.name);
            return;
        }
        const bool stopped = line.step == CaseStep::bounced || line.step == CaseStep::overdue ||
                             line.step == CaseStep::skipped || line.outcome == StepOutcome::stopped ||
                             line.outcome == StepOutcome::blocked || line.outcome == StepOutcome::capped ||
                             line.outcome == StepOutcome::refused || line.outcome == StepOutcome::beyond ||
                             line.outcome == StepOutcome::mistaken || line.outcome == StepOutcome::dropped;
        const bool system = line.step == CaseStep::queued || line.step == CaseStep::asked;  // the role is whom it asks
        texts_.push_back({line.at, role_text(system ? Role::system : line.role), what(line), stopped});
        if (line.step == CaseStep::queued || line.step == CaseStep::begun || line.step == CaseStep::asked) {
            since_ = line.at;
        }
        units_ = line.units;
    }

    void take_messages() {
        std::vector<explain::Step> steps;
        explain::add_messages(steps, network_, history_.messages);
        for (explain::Step& step : steps) {
            const bool stopped = std::ranges::any_of(
                history_.messages, [&](const explain::Hop& hop) { return hop.at == step.at && is_given_up(hop); });
            texts_.push_back({step.at, std::move(step.who), std::move(step.what), stopped});
        }
        std::ranges::stable_sort(texts_, {}, &CaseStepText::at);
    }

    std::string what(const CaseLine& line) {
        const bool at_once = line.at - since_ < sim::minutes{1};
        const std::string after = at_once ? "" : ", after " + waited_text(line.at - since_);
        const std::string units = explain::units_text(line.units);
        switch (line.step) {
            case CaseStep::detected:
                return detected_text(history_);
            case CaseStep::recommended:
                return line.name.empty() ? "recommends " + units
                                         : fmt::format("recommends {}, by policy {}", units, line.name);
            case CaseStep::checked:
                return checked(line);
            case CaseStep::queued:
                return fmt::format("it is put before {}", people_text(line.role));
            case CaseStep::begun:
                return fmt::format("takes it up{}", after);
            case CaseStep::handled:
                return fmt::format("has dealt with it{}", after);
            case CaseStep::skipped:
                return "leaves it to the next review: it has waited too long";
            case CaseStep::aged:
                return "it has waited so long that it is urgent now";
            case CaseStep::settled:
                return "it has waited so long that it is settled without people";
            case CaseStep::changed:
                return changed(line);
            case CaseStep::bounced:
                return "finds that it is not for this desk to decide";
            case CaseStep::asked:
                return line.outcome == StepOutcome::delegated
                           ? fmt::format("the approver is away: {} is asked to agree", person_text(line.role))
                           : fmt::format("{} is asked to agree", person_text(line.role));
            case CaseStep::overdue:
                return "hasn't answered in time: somebody else is asked, too";
            case CaseStep::approved:
                return fmt::format("agrees{}", after);
            case CaseStep::released:
                return "nothing stands in its way any more";
            case CaseStep::executed:
                return executed_text(history_.kind);
            case CaseStep::closed:
                return closed(line);
        }
        return "";
    }

    std::string checked(const CaseLine& line) {
        const bool several = struck_.size() > 1;
        const std::string names = struck_.empty()
                                      ? "a guardrail"
                                      : fmt::format("guardrail{} {}", several ? "s" : "", explain::listed(struck_));
        struck_.clear();
        const char* ending = several ? "" : "s";
        switch (line.outcome) {
            case StepOutcome::stopped:
                return fmt::format("{} stop{} it: people are to decide", names, ending);
            case StepOutcome::capped:
                return fmt::format("{} cap{} it at {}", names, ending, explain::units_text(line.units));
            case StepOutcome::blocked:
                return fmt::format("{} forbid{} it: nothing is done", names, ending);
            case StepOutcome::ignored:
                return "pays no heed to it: too many alerts were false";
            case StepOutcome::beyond:
                return "goes further than guardrails let the system go";
            default:
                return "it is within all guardrails";
        }
    }

    std::string changed(const CaseLine& line) const {
        const std::string units = explain::amount_text(line.units), before = explain::amount_text(units_);
        switch (line.outcome) {
            case StepOutcome::refused:
                return fmt::format("wants to change it without the right to: it stays {}", before);
            case StepOutcome::mistaken:
                return fmt::format("keys in {} in place of {} by mistake", units, before);
            case StepOutcome::corrected:
                return fmt::format("makes {} of {}: a pack was taken for a unit", units, before);
            case StepOutcome::informed:
                return fmt::format("makes {} of {}, and knows what demand will be", units, before);
            default:
                return fmt::format("makes {} of {}", units, before);
        }
    }

    std::string closed(const CaseLine& line) const {
        const std::string span = line.at > history_.raised()
                                     ? ", " + waited_text(line.at - history_.raised()) + " after it was detected"
                                     : "";
        return (line.outcome == StepOutcome::dropped ? "it is over, and nothing was done" : "it is over") + span;
    }

    const CaseHistory& history_;
    const models::Network& network_;
    std::vector<CaseStepText> texts_;
    std::vector<std::string> struck_;
    models::Time since_{};
    models::Units units_ = 0;
};

}  // namespace

std::vector<CaseStepText> step_texts(const CaseHistory& history, const models::Network& network) {
    return Teller(history, network).all();
}

std::string where_text(const CaseScene& one, models::Time now, const std::string& level, const std::string& until) {
    using Where = CaseScene::Where;
    const std::string since = waited_text(now - one.since), who = person_text(one.role);
    const std::string approval = level.empty() ? "" : fmt::format(" (approval level {})", level);
    switch (one.where) {
        case Where::urgent:
        case Where::ordinary:
            return fmt::format("has waited {} for {}{}{}, and is the {} in turn", since, who, approval,
                               one.where == Where::urgent ? ", urgent" : "", explain::ordinal_text(one.turn));
        case Where::preparing:
            return fmt::format("waits for facts that {} needs, until {}", who, until);
        case Where::approval:
            return fmt::format("has waited {} for {}{}, who turns to it on {}", since, who, approval, until);
        case Where::at_work:
            return fmt::format("is handled by {}{} until {}", who, approval, until);
    }
    return "";
}

std::string heard_text(const ItemScene& known, models::Time now) {
    return known.heard == models::Time{} ? "it has heard nothing yet"
                                         : fmt::format("heard {} ago", waited_text(now - known.heard));
}

namespace {

/// "18 % too low", of what is believed against what is so; empty where it is near.
std::string error_text(double believed, double so, const char* less, const char* more) {
    constexpr double kNear = 0.15;
    if (so <= 0 || std::abs(believed / so - 1) < kNear) return "";
    return fmt::format("{:.0f} % {}", 100 * std::abs(believed / so - 1), believed < so ? less : more);
}

std::string signed_text(models::Units units) {
    return fmt::format("{}{}", units < 0 ? "\u2212" : "+", explain::amount_text(std::abs(units)));
}

}  // namespace

std::vector<std::string> differences(const ItemScene& k, models::Time now) {
    const auto amount = [](models::Units units) { return explain::amount_text(units); };
    std::vector<std::string> all;
    if (k.recorded != k.on_hand) {
        const std::string posted =
            k.unposted == 0 ? "" : fmt::format("; a change of {} is on its way to it", signed_text(k.unposted));
        all.push_back(
            fmt::format("The record has {} on hand, the shelf {}{}.", amount(k.recorded), amount(k.on_hand), posted));
    }
    if (k.planned && k.believed != k.free()) {
        const models::Units apart = k.believed - k.free();
        all.push_back(fmt::format("Headquarters believes {} free, there are {}: {} {}; {}.", amount(k.believed),
                                  amount(k.free()), amount(std::abs(apart)), apart > 0 ? "too many" : "too few",
                                  heard_text(k, now)));
    }
    if (k.planned && k.on_order != k.to_come + k.proposed) {
        all.push_back(fmt::format("Headquarters counts on {} to come, of which {} will.",
                                  amount(k.on_order - k.proposed), amount(k.to_come)));
    }
    if (k.next_due != sim::kNever && k.next_arrives > k.next_due + sim::days{1}) {
        all.push_back(fmt::format("The next purchase line comes {} later than it was told.",
                                  waited_text(k.next_arrives - k.next_due)));
    }
    if (!k.planned) return all;
    if (const std::string error = error_text(k.rate, k.wanted, "too low", "too high"); !error.empty()) {
        all.push_back(
            fmt::format("The levels stand on {:.1f} a day, customers want {:.1f}: {}.", k.rate, k.wanted, error));
    }
    if (const std::string error = error_text(k.lead.known, k.lead.now, "too short", "too long"); !error.empty()) {
        all.push_back(fmt::format("The supplier is reckoned with {:.1f} days, and takes {:.1f}: {}.", k.lead.known,
                                  k.lead.now, error));
    }
    return all;
}

}  // namespace entrepot::viz

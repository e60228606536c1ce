#include "studies/explain/words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "models/records/interfaces.hpp"
#include "results/text/digits.hpp"

namespace entrepot::studies::explain {

namespace {

/// A number with its word, of which it needs one decimal below ten.
std::string amount(double value, const char* word) {
    return fmt::format("{:.{}f} {}", value, value < 9.95 ? 1 : 0, word);
}

}  // namespace

std::string span_text(models::Duration span) {
    const double seconds = sim::in<sim::seconds>(span);
    constexpr double kMinute = 60, kHour = 3'600, kDay = 86'400;
    if (seconds < 1.5 * kMinute) return count_text(std::lround(seconds), "second");
    if (seconds < 1.5 * kHour) return count_text(std::lround(seconds / kMinute), "minute");
    if (seconds < 2 * kDay) return amount(seconds / kHour, "hours");
    return amount(seconds / kDay, "days");
}

std::string amount_text(long count) { return results::fixed_text(static_cast<double>(count), 0); }

std::string count_text(long count, const std::string& one, const std::string& several) {
    const std::string& word = count == 1 ? one : several;
    return fmt::format("{} {}", amount_text(count), count != 1 && several.empty() ? one + "s" : word);
}

std::string ordinal_text(int n) {
    if (n == 1) return "first";
    const bool teens = n % 100 / 10 == 1;
    const char* ending = teens || n % 10 > 3 || n % 10 == 0 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : "rd";
    return fmt::format("{}{}", n, ending);
}

std::string sentence(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

const char* kind_text(models::DecisionKind kind) {
    switch (kind) {
        case models::DecisionKind::purchase:
            return "purchase";
        case models::DecisionKind::transfer:
            return "transfer";
        case models::DecisionKind::escalation:
            return "escalation";
        case models::DecisionKind::supplier_exception:
            return "supplier exception";
        case models::DecisionKind::promise_change:
            return "promise change";
        case models::DecisionKind::alert:
            return "alert";
        case models::DecisionKind::priority_exception:
            return "priority exception";
        case models::DecisionKind::allocation_override:
            return "allocation override";
        case models::DecisionKind::integration_exception:
            return "integration exception";
        case models::DecisionKind::credit_hold:
            return "credit hold";
        case models::DecisionKind::data_hold:
            return "data hold";
        case models::DecisionKind::keying:
            return "keying";
    }
    return "";
}

const char* interface_text(models::InterfaceName interface) {
    switch (interface) {
        case models::InterfaceName::posting:
            return "postings";
        case models::InterfaceName::release:
            return "releases";
        case models::InterfaceName::extract:
            return "stock extracts";
        case models::InterfaceName::gateway:
            return "stock for the web shop";
        case models::InterfaceName::purchase_order:
            return "purchase orders";
        case models::InterfaceName::transfer_order:
            return "transfer orders";
        case models::InterfaceName::forecast:
            return "forecasts";
        case models::InterfaceName::confirmation:
            return "confirmations";
        case models::InterfaceName::asn:
            return "shipping notices";
        case models::InterfaceName::priority:
            return "priorities";
        case models::InterfaceName::notice:
            return "notices to customers";
        case models::InterfaceName::tracking:
            return "carriers' news of delays";
        case models::InterfaceName::recommendation:
            return "recommendations";
    }
    return "";
}

std::string link_text(const models::Network& network, models::SiteId sender, std::uint32_t link) {
    using models::InterfaceName;
    if (sender.index() < network.sites.size()) {
        return fmt::format("{} of {}", interface_text(static_cast<InterfaceName>(link)), network.sites[sender].name);
    }
    const auto [interface, number] = models::partner_of(link, network);
    const char* what = interface_text(interface);
    const auto with = [&](const std::string& partner) {
        const bool comes = interface == InterfaceName::confirmation || interface == InterfaceName::asn;
        return fmt::format("{} {} {}", what, comes ? "of" : "to", partner);
    };
    if (models::is_of_suppliers(interface)) return with(network.suppliers[models::SupplierId{number}].name);
    if (interface == InterfaceName::transfer_order) return with(network.sites[models::SiteId{number}].name);
    return what;
}

const char* role_text(models::Role role) {
    switch (role) {
        case models::Role::system:
            return "system";
        case models::Role::planner:
            return "planner";
        case models::Role::service_agent:
            return "service agent";
        case models::Role::procurement:
            return "procurement";
        case models::Role::finance:
            return "finance";
        case models::Role::service_lead:
            return "service lead";
        case models::Role::it_support:
            return "IT support";
        case models::Role::warehouse_supervisor:
            return "warehouse supervisor";
    }
    return "";
}

const char* person_text(models::Role role) {
    switch (role) {
        case models::Role::system:
            return "the system";
        case models::Role::planner:
            return "a planner";
        case models::Role::service_agent:
            return "an agent";
        case models::Role::procurement:
            return "procurement";
        case models::Role::finance:
            return "finance";
        case models::Role::service_lead:
            return "a lead of customer service";
        case models::Role::it_support:
            return "IT support";
        case models::Role::warehouse_supervisor:
            return "a warehouse supervisor";
    }
    return "";
}

std::string shell_word(const std::string& text) {
    constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/:=,+@%-";
    if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return text;
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? "'\\''" : std::string(1, c);
    return word + "'";
}

}  // namespace entrepot::studies::explain

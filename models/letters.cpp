#include "models/decisions/forecast_service.hpp"
#include "models/decisions/integration_cases.hpp"
#include "models/decisions/office.hpp"
#include "models/goods/warehouse.hpp"
#include "models/goods/waves.hpp"
#include "models/model.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/notices.hpp"
#include "models/records/postings.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/shop.hpp"
#include "models/records/supplier_news.hpp"
#include "models/records/transfer_orders.hpp"
#include "sim/check.hpp"

/// What messages between systems say, and what is done when they come through.
namespace entrepot::models {

bool is_run(InterfaceName interface, const Integration& terms) {
    switch (interface) {
        case InterfaceName::posting:
            return terms.batch_minute.has_value();
        case InterfaceName::release:
        case InterfaceName::extract:
        case InterfaceName::gateway:
        case InterfaceName::priority:
        case InterfaceName::forecast:
            return true;
        case InterfaceName::notice:
        case InterfaceName::tracking:
        case InterfaceName::purchase_order:
        case InterfaceName::transfer_order:
        case InterfaceName::confirmation:
        case InterfaceName::asn:
        case InterfaceName::recommendation:
            break;
    }
    return false;
}

std::uint32_t size_of_run(const SiteState& site, InterfaceName interface) {
    const auto all = [](const auto&... lists) { return static_cast<std::uint32_t>((lists.size() + ...)); };
    switch (interface) {
        case InterfaceName::posting:
            return all(site.journal);
        case InterfaceName::release:
            return all(site.unreleased);
        case InterfaceName::extract:
            return all(site.changed, site.receipts);
        case InterfaceName::gateway:
            return all(site.shop.changed);
        case InterfaceName::priority:
            return all(site.released);
        default:
            return 1;
    }
}
std::uint32_t size_of_run(const Headquarters&, InterfaceName) { return 1; }

std::optional<Duration> open_letter(SiteState& site, InterfaceName interface, const Content& content,
                                    const Coming& coming, Context& context) {
    const Comes comes = coming.how;
    const Integration& systems = context.network().strategy.integration;
    switch (interface) {
        case InterfaceName::posting: {
            if (systems.batch_minute && comes != Comes::late) {
                post_journal(site, comes == Comes::again, context);
                transmit(site, InterfaceName::extract, {}, context);
                return std::nullopt;
            }
            const Posting posting{content[0], static_cast<Units>(content[1]), static_cast<Units>(content[2])};
            if (comes != Comes::again) {
                const Duration takes = deliver_posting(site, posting, context);
                return systems.batch_minute ? std::nullopt : std::optional(takes);  // the batch has told of its delay
            }
            post_twice(site, posting, context);
            return std::nullopt;
        }
        case InterfaceName::release:
            release_orders(site, context);
            break;
        case InterfaceName::extract:
            if (comes == Comes::late) {
                extract_late(site, content, context);
            } else {
                site.pump_due = false;
                extract(site, context);
            }
            return systems.pump;
        case InterfaceName::gateway:
            comes == Comes::late ? show_late(site, content, context) : bring_up_to_date(site, context);
            break;
        case InterfaceName::priority:
            rank_released(site, context);
            break;
        case InterfaceName::notice:
            give_notice(site, content, context);
            break;
        case InterfaceName::tracking:
            hear_of_delay(site, DelayNews::of(content), context);
            break;
        default:
            SIM_CHECK(false, "a site has no such interface");
    }
    return Duration{};
}

std::optional<Duration> open_letter(Headquarters& hq, InterfaceName interface, const Content& content,
                                    const Coming& coming, Context& context) {
    const std::uint32_t index = content[0];
    const auto serial = static_cast<std::uint16_t>(content[1]);
    const bool again = coming.how == Comes::again;
    const auto hear = [&](Heard heard) -> std::optional<Duration> {
        const Interface& terms = context.network().strategy.integration.of(interface);
        const News news{static_cast<int>(content[2]), heard, false, coming.how == Comes::late, terms.version_checked};
        if (terms.keyed) {
            ask_to_key_in(hq, content, news, coming, context);
            return std::nullopt;
        }
        hear_of_purchase(hq, {index, serial}, news, context);
        return Duration{};
    };
    switch (interface) {
        case InterfaceName::purchase_order:
            again ? order_twice(hq, index, serial, context) : reach_supplier(hq, index, serial, context);
            break;
        case InterfaceName::transfer_order:
            if (again) {
                transfer_twice(hq, index, serial, context);
            } else if (context.network().strategy.integration.of(interface).keyed &&
                       ask_to_key_transfer(hq, content, coming, context)) {
                return std::nullopt;
            } else {
                reach_sender(hq, index, serial, context);
            }
            break;
        case InterfaceName::forecast:
            plan_by_forecast(hq, context);
            break;
        case InterfaceName::confirmation:
            return hear(Heard::confirmation);
        case InterfaceName::asn:
            return hear(Heard::asn);
        case InterfaceName::recommendation:
            if (!again) come_to_desk(hq, content, context);
            break;
        default:
            SIM_CHECK(false, "headquarters has no such interface");
    }
    return Duration{};
}

void miss_run(SiteState& site, InterfaceName interface, Context& context) {
    if (interface == InterfaceName::release) {
        site.release_due = false;
        if (!site.unreleased.empty()) schedule_release(site, context);
    } else if (interface == InterfaceName::extract) {
        site.pump_due = false;
        if (!site.changed.empty() || !site.receipts.empty()) schedule_pump(site, context);
    } else if (interface == InterfaceName::gateway) {
        site.shop.due = false;  // with the next change
    } else if (interface == InterfaceName::priority) {
        site.ranked_day = -1;  // with the next wave
    }                          // the nightly batch comes again by itself
}

void miss_run(Headquarters& hq, InterfaceName, Context& context) { plan_without_forecast(hq, context); }

}  // namespace entrepot::models

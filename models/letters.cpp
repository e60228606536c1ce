#include "models/decisions/forecast_service.hpp"
#include "models/goods/warehouse.hpp"
#include "models/model.hpp"
#include "models/records/interfaces.hpp"
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
        case InterfaceName::forecast:
            return true;
        case InterfaceName::purchase_order:
        case InterfaceName::transfer_order:
        case InterfaceName::confirmation:
        case InterfaceName::asn:
            break;
    }
    return false;
}

void open_letter(SiteState& site, InterfaceName interface, const Content& content, bool again, Context& context) {
    const bool batch = context.network().strategy.integration.batch_minute.has_value();
    switch (interface) {
        case InterfaceName::posting: {
            if (batch) {
                post_journal(site, again, context);
                return transmit(site, InterfaceName::extract, {}, context);
            }
            const Posting posting{content[0], static_cast<Units>(content[1]), static_cast<Units>(content[2])};
            return again ? post_twice(site, posting, context) : deliver_posting(site, posting, context);
        }
        case InterfaceName::release:
            return release_orders(site, context);
        case InterfaceName::extract:
            site.pump_due = false;
            return extract(site, context);
        case InterfaceName::gateway:
            return bring_up_to_date(site);
        default:
            SIM_CHECK(false, "a site has no such interface");
    }
}

void open_letter(Headquarters& hq, InterfaceName interface, const Content& content, bool again, Context& context) {
    const std::uint32_t index = content[0];
    const auto serial = static_cast<std::uint16_t>(content[1]);
    switch (interface) {
        case InterfaceName::purchase_order:
            return again ? order_twice(hq, index, serial, context) : reach_supplier(hq, index, serial, context);
        case InterfaceName::transfer_order:
            return again ? transfer_twice(hq, index, serial, context) : reach_sender(hq, index, serial, context);
        case InterfaceName::forecast:
            return plan_by_forecast(hq, context);
        case InterfaceName::confirmation:
            return hear_of_purchase(hq, {index, serial}, {static_cast<int>(content[2]), Heard::confirmation}, context);
        case InterfaceName::asn:
            return hear_of_purchase(hq, {index, serial}, {static_cast<int>(content[2]), Heard::asn}, context);
        default:
            SIM_CHECK(false, "headquarters has no such interface");
    }
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
    }                           // the nightly batch comes again by itself
}

void miss_run(Headquarters& hq, InterfaceName, Context& context) { plan_without_forecast(hq, context); }

}  // namespace entrepot::models

#pragma once

#include "models/goods/suppliers.hpp"

/// What suppliers tell of planners' purchase lines: an answer to the order, and a notice as a truck leaves. Both go
/// over interfaces; what becomes of them on the record stands in records/supplier_news.
namespace entrepot::models {

/// A supplier has taken the order of a purchase line on, and means to bring the last of it at `planned`; no moment
/// where it doesn't know yet. It answers when it has seen the order, or never.
void answer(Headquarters& hq, const SupplyOrder& order, Time planned, Context& context);

/// A truck of the line will be at the dock: as it leaves the supplier, it is announced, or isn't.
void announce(Headquarters& hq, std::uint32_t line, Time arrives, Context& context);

}  // namespace entrepot::models

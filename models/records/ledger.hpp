#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "models/units.hpp"

namespace entrepot::models {

enum class Account : std::uint8_t {
    inventory,    ///< goods on hand and at the dock, at cost
    transit,      ///< goods between sites, at cost; one site's part may be negative, the network's may not
    opening,      ///< counterpart of the opening stock
    payables,     ///< owed to suppliers, carriers and people
    receivables,  ///< owed by customers
    sales,
    cost_of_sales,
    freight,
    labour,    ///< overtime
    premiums,  ///< for expedited purchases and transfers
    penalties,
    shrinkage,
    refunds,      ///< to customers, for what they sent back
    data_care,    ///< going through the item master
    returns,      ///< the way back of what they sent, and looking at it
    stock_costs,  ///< of holding, waiting, ordering and lost units, by the scenario's terms of stock
    count
};

/// Double entry: each posting moves one amount from an account to another, so the balances always sum to zero, and the
/// inventory account must equal what lies on the shelves.
class Ledger {
public:
    void post(Account debit, Account credit, Money amount) {
        balance_[index(debit)] += amount;
        balance_[index(credit)] -= amount;
    }
    Money balance(Account account) const { return balance_[index(account)]; }

    Ledger& operator+=(const Ledger& other) {
        for (std::size_t i = 0; i < balance_.size(); ++i) balance_[i] += other.balance_[i];
        return *this;
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(balance_);
    }

private:
    static constexpr std::size_t index(Account account) { return static_cast<std::size_t>(account); }

    std::array<Money, static_cast<std::size_t>(Account::count)> balance_{};
};

}  // namespace entrepot::models

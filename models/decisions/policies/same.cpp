#include "models/decisions/policies/same.hpp"

#include <typeinfo>
#include <vector>

namespace entrepot::models {

namespace {

/// Writes down a policy's parameters.
class Values : public ParameterVisitor {
public:
    void value(std::string_view, double& member, ParameterUnit, ParameterRange, std::string_view) override {
        all.push_back(member);
    }
    void by_class(std::string_view, Column<ClassId, double>& member, ParameterUnit, ParameterRange,
                  std::string_view) override {
        all.insert(all.end(), member.begin(), member.end());
    }
    void choice(std::string_view, std::uint8_t& member, std::span<const std::string_view>, std::string_view) override {
        all.push_back(member);
    }
    std::vector<double> all;
};

template <class Policy>
std::vector<double> values_of(const Policy& policy) {
    Values values;
    const_cast<Policy&>(policy).describe(values);  // which may change it, and here doesn't
    return values.all;
}

template <class Policy>
bool alike(const Policy* a, const Policy* b) {
    if (a == b) return true;
    return a != nullptr && b != nullptr && typeid(*a) == typeid(*b) && values_of(*a) == values_of(*b);
}

}  // namespace

bool same(const LevelPolicy* a, const LevelPolicy* b) { return alike(a, b); }
bool same(const PriorityPolicy* a, const PriorityPolicy* b) { return alike(a, b); }

bool same(const InventoryPolicy& a, const InventoryPolicy& b) {
    if (!same(a.levels.get(), b.levels.get()) || !same(a.fallback.get(), b.fallback.get())) return false;
    InventoryPolicy other = b;
    other.levels = a.levels;
    other.fallback = a.fallback;
    other.name = a.name;
    return a == other;
}

}  // namespace entrepot::models

#pragma once

#include <string>

#include "results/kpi_registry.hpp"

/// Numbers as people write them.
namespace entrepot::results {

/// "$1.2 M", "-$430 k", "EUR 12.3 k".
std::string money_text(double amount, const std::string& currency);

/// A KPI's value in its form: "93.8 %", "$1.2 M", "5.9".
std::string value_text(const KpiInfo& kpi, double value, const std::string& currency);

/// A difference of the KPI with its sign: "+1.3 pt", "-$430 k".
std::string difference_text(const KpiInfo& kpi, double difference, const std::string& currency);

/// A field of a CSV line, in quotes where it needs them. Source: RFC 4180.
std::string csv_field(const std::string& text);

/// "1 replication", "20 replications"
std::string counted(std::size_t count, const std::string& noun);

}  // namespace entrepot::results

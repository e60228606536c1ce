#include "scenarios/csv.hpp"

#include "files.hpp"
#include "sim/check.hpp"
#include "target.hpp"

/// The reader of data files alone, without the records and the network that are made of them.
namespace entrepot::fuzz {

namespace {

using scenarios::CsvFile;

enum Column : std::size_t { kDate, kSite, kItem, kUnits, kPrice };

void read_row(CsvFile& csv, const CsvFile::Row& row) {
    csv.date(row, kDate);
    for (const Column column : {kSite, kItem}) csv.name(row, column, "want a name");
    for (const Column column : {kUnits, kPrice}) {
        const auto value = csv.number(row, column, column == kUnits);
        SIM_CHECK(!value || *value >= 0, "a number that is accepted is one");
    }
}

bool accepts_csv(std::string_view input) {
    const MemoryFile file(input);
    scenarios::Problems problems;
    CsvFile csv(file.path(), "input.csv", problems);
    const bool found = csv.find({{{"date", "week", "week_start"}, true, ""},
                                 {{"site", "warehouse"}, false, ""},
                                 {{"item", "sku"}, true, ""},
                                 {{"units", "quantity"}, true, ""},
                                 {{"price"}, false, ""}});
    if (csv.readable() && found) {
        csv.learn_numbers({kUnits}, scenarios::Decimal::unknown, "USD", "");
        csv.learn_dates(kDate, scenarios::DateOrder::unknown, "say which");
        for (const CsvFile::Row& row : csv.rows()) read_row(csv, row);
        csv.manner();
    }
    csv.finish();
    to_string(problems);
    return problems.empty();
}

std::vector<std::string> csv_seeds() {
    const std::string record = slurp(shipped("history_example.csv"));
    std::string utf16 = "\377\376";
    for (const char c : std::string_view("date,sku,units\n2026-01-05,A,1\n")) utf16.append({c, '\0'});
    return {record.substr(0, record.find('\n', 600) + 1),
            "Date;SKU;Warehouse;Units;Price\n05.01.2026;A;X;1.234,5;2,50\n12.01.2026;\"B; \"\"b\"\"\";Y;7;\n",
            "sep=|\nweek_start|item|quantity\n2026-W02|A|1,000\n\n2026-01-05|B|\"2\"\n",
            "date\tsku\tunits\r\n1/31/2026\tA\t3\r\n13/2/2026\tB\t1 000\r\n",
            "\357\273\277date,item,units\r2026-01-05,\"two\rlines\",1e3\r2026-01-06,=A1,-1\r",
            "date,item,units\n46000,A,$3\n20260105,B,nan\n",
            utf16};
}

}  // namespace

const Target kCsv{"csv", accepts_csv, csv_seeds};

}  // namespace entrepot::fuzz

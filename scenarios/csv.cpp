#include "scenarios/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "scenarios/kind.hpp"
#include "sim/random.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{1} << 30;  // bytes

std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return std::string(text);
}

/// The whole file; what is wrong with it, or nothing.
std::string slurp(const fs::path& file, std::string& text) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status)) return "no such file";
    if (fs::is_directory(status)) return "a directory";
    if (!fs::is_regular_file(status)) return "no ordinary file";
    if (fs::file_size(file, error) > kLargestFile || error) return "a file of more than 1 GiB";
    std::ifstream in(file, std::ios::binary);
    if (!in) return "a file without permission to read";
    text.assign(std::istreambuf_iterator<char>(in), {});
    return "";
}

std::string cut(const std::string& text) { return text.size() <= 60 ? text : text.substr(0, 60) + "..."; }

}  // namespace

CsvFile::CsvFile(const fs::path& file, std::string name, std::vector<Problem>& problems)
    : name_(std::move(name)), problems_(problems) {
    std::string text;
    std::string got = slurp(file, text);
    if (got.empty()) {
        digest_ = sim::entity_hash(text);
        split_lines(text);
        if (header_.line == 0) got = "an empty file";
    }
    readable_ = got.empty();
    if (!readable_) problems_.push_back({name_, 0, 0, "", fmt::format("got {}, want a readable CSV file", got)});
}

void CsvFile::split_lines(std::string_view rest) {
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);  // a spreadsheet's mark
    for (int line = 1; !rest.empty(); ++line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view row = rest.substr(0, end);
        if (row.ends_with('\r')) row.remove_suffix(1);
        if (!trimmed(row).empty()) split(row, line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void CsvFile::split(std::string_view line, int number) {
    Row row;
    row.line = number;
    std::size_t i = 0;
    while (true) {
        const std::size_t start = i;
        std::string field;
        if (i < line.size() && line[i] == '"') {
            for (++i; i < line.size(); ++i) {
                if (line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"') {
                    ++i;
                } else if (line[i] == '"') {
                    ++i;
                    break;
                }
                field += line[i];
            }
        }
        const std::size_t end = std::min(line.find(',', i), line.size());
        field += line.substr(i, end - i);
        row.fields.push_back(trimmed(field));
        row.columns.push_back(static_cast<int>(start) + 1);
        if (end >= line.size()) break;
        i = end + 1;
    }
    if (header_.line == 0) {
        header_ = std::move(row);
    } else {
        rows_.push_back(std::move(row));
    }
}

bool CsvFile::find(const std::vector<Wanted>& wanted) {
    bool complete = readable_;
    for (const Wanted& column : wanted) {
        wanted_.push_back(column.names.front());
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < header_.fields.size(); ++i) {
            const auto& names = column.names;
            if (!found && std::find(names.begin(), names.end(), header_.fields[i]) != names.end()) found = i;
        }
        columns_.push_back(found);
        if (found || !column.required || !readable_) continue;
        complete = false;
        std::string likely;
        for (const std::string& name : column.names) {
            if (likely.empty()) likely = nearest(name, header_.fields);
        }
        problems_.push_back(
            {name_, header_.line, 1, column.names.front(),
             fmt::format("got the columns {}, want one called {}{}",
                         cut(fmt::format("{}", fmt::join(header_.fields, ", "))), fmt::join(column.names, " or "),
                         likely.empty() ? "" : fmt::format(" (is it {}?)", likely))});
    }
    return complete;
}

const std::string& CsvFile::text(const Row& row, std::size_t column) const {
    static const std::string kNone;
    const auto& position = columns_[column];
    return position && *position < row.fields.size() ? row.fields[*position] : kNone;
}

std::optional<double> CsvFile::number(const Row& row, std::size_t column, bool whole) {
    const std::string& written = text(row, column);
    double value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    const bool good = error == std::errc{} && end == written.data() + written.size() && std::isfinite(value) &&
                      value >= 0 && value <= 1e9 && (!whole || value == std::floor(value));
    if (good) return value;
    refuse(row, column, whole ? "a whole number >= 0" : "a number >= 0");
    return std::nullopt;
}

std::optional<double> CsvFile::date(const Row& row, std::size_t column) {
    const std::optional<double> day = parse_date(text(row, column));
    if (!day) refuse(row, column, "a date (2026-01-05)");
    return day;
}

void CsvFile::refuse(const Row& row, std::size_t column, const std::string& want) {
    if (told_ == kMostProblems) {
        ++left_out_;
        return;
    }
    ++told_;
    const auto& position = columns_[column];
    const bool there = position && *position < row.fields.size();
    const int at = there ? row.columns[*position] : 1;
    const std::string got = there ? fmt::format("\"{}\"", cut(row.fields[*position]))
                                  : fmt::format("a row of {} fields", row.fields.size());
    problems_.push_back({name_, row.line, at, wanted_[column], fmt::format("got {}, want {}", got, want)});
}

void CsvFile::finish() {
    if (left_out_ == 0) return;
    problems_.push_back({name_, 0, 0, "", fmt::format("got {} more problems of this file, want none", left_out_)});
}

}  // namespace entrepot::scenarios

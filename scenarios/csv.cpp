#include "scenarios/csv.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "scenarios/csv_text.hpp"
#include "scenarios/file_text.hpp"
#include "scenarios/trim.hpp"
#include "sim/printable.hpp"
#include "sim/random.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFields = 10'000;
constexpr std::size_t kLargestFile = std::size_t{1} << 30;  // bytes

/// A header's name, so that "Week Start" is week_start.
std::string key_of(std::string_view header) {
    std::string key(trimmed(header));
    for (char& c : key) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || c == '-') c = '_';
    }
    return key;
}

std::string cut(std::string_view text) { return std::string(text.substr(0, 60)) + (text.size() <= 60 ? "" : "..."); }

/// Cuts a text into the fields of its rows.
class Splitter {
public:
    Splitter(std::string_view text, char separator, std::size_t at = 0, int line = 1)
        : text_(text), separator_(separator), at_(at), line_start_(at), line_(line) {}

    bool done() const { return at_ >= text_.size(); }
    std::size_t at() const { return at_; }
    int line() const { return line_; }

    /// The next row; what is wrong with its quotes in `wrong`, at the last field.
    void next(CsvFile::Row& row, std::string& wrong) {
        row.clear();
        for (bool more = true; more;) {
            row.places.push_back({line_, static_cast<int>(at_ - line_start_) + 1});
            row.fields.push_back(field(row, wrong));
            if (row.fields.size() > kMostFields) wrong = fmt::format("got more than {} fields in a row", kMostFields);
            if (!wrong.empty()) return;
            more = !done() && text_[at_] == separator_;
            if (more) ++at_;
        }
        if (!done()) end_line();
    }

private:
    bool at_break() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
    bool at_end() const { return done() || at_break() || text_[at_] == separator_; }

    /// Steps over a line break: LF, CR LF or CR.
    void end_line() {
        at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
        line_start_ = at_;
        ++line_;
    }

    std::string_view field(CsvFile::Row& row, std::string& wrong) {
        const std::size_t start = at_;
        while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
        if (!done() && text_[at_] == '"') return quoted(row, wrong);
        while (!at_end()) ++at_;
        return trimmed(text_.substr(start, at_ - start));
    }

    std::string_view quoted(CsvFile::Row& row, std::string& wrong) {
        const std::size_t start = ++at_;
        std::size_t copied = start;  // up to here, where the field can't be a part of the text
        std::string* copy = nullptr;
        const auto replace = [&](std::string_view by) {
            if (!copy) copy = &row.changed.emplace_back();
            copy->append(text_.substr(copied, at_ - copied)).append(by);
        };
        while (!done()) {
            if (at_break()) {
                replace(" ");
                end_line();
                copied = at_;
            } else if (text_[at_] != '"') {
                ++at_;
            } else if (text_.substr(at_, 2) == "\"\"") {
                replace("\"");
                copied = at_ += 2;
            } else {
                if (copy) copy->append(text_.substr(copied, at_ - copied));
                const std::string_view field = copy ? *copy : text_.substr(start, at_ - start);
                const std::size_t end = ++at_;
                while (!at_end()) ++at_;
                const std::string_view after = trimmed(text_.substr(end, at_ - end));
                if (!after.empty()) {
                    wrong = fmt::format(
                        "got \"{}\" after a quote that closes, want the end of the field: a quote within quotes is "
                        "written twice",
                        cut(after));
                }
                return trimmed(field);
            }
        }
        wrong = "got a quote that never closes, want one more at the end of its field";
        return {};
    }

    std::string_view text_;
    char separator_;
    std::size_t at_, line_start_;
    int line_;
};

bool blank(const CsvFile::Row& row) {
    return std::ranges::all_of(row.fields, [](std::string_view field) { return field.empty(); });
}

}  // namespace

void CsvFile::Row::clear() {
    fields.clear();
    places.clear();
    changed.clear();
}

CsvFile::Rows::Iterator::Iterator(const CsvFile& file) : file_(file), at_(file.rows_at_), line_(file.rows_line_) {
    ++*this;
}

CsvFile::Rows::Iterator& CsvFile::Rows::Iterator::operator++() {
    std::string wrong;  // nothing is: all rows were read once
    do {
        Splitter splitter(file_.text_, file_.separator_, at_, line_);
        end_ = !file_.readable_ || splitter.done();
        if (end_) return *this;
        splitter.next(row_, wrong);
        at_ = splitter.at();
        line_ = splitter.line();
    } while (blank(row_) || !file_.fits(row_));
    return *this;
}

CsvFile::CsvFile(const fs::path& file, std::string name, Problems& problems)
    : name_(std::move(name)), problems_(problems) {
    std::string bytes;
    std::string got = read_text_file(file, kLargestFile, bytes);
    if (got.empty() && bytes.empty()) got = "an empty file";
    int line = 0;
    if (got.empty()) {
        digest_ = sim::entity_hash(bytes);
        DataText data = decoded(std::move(bytes));
        got = data.wrong;
        line = data.line;
        encoding_ = data.encoding;
        separator_ = take_separator(data.text);
        text_ = std::move(data.text);
        if (got.empty()) {
            readable_ = true;
            parse();
            if (header_.fields.empty() && readable_) got = "an empty file";
        }
    }
    if (got.empty()) return;
    readable_ = false;
    const std::string want = line > 0 || got.starts_with("UTF") || got.starts_with("a workbook")
                                 ? "text in UTF-8 or UTF-16: save it as \"CSV UTF-8\""
                                 : "a readable CSV file";
    problems_.push_back({name_, line, line > 0 ? 1 : 0, "", fmt::format("got {}, want {}", got, want)});
}

/// Reads all rows once, to tell what is wrong with their quotes and widths.
void CsvFile::parse() {
    Splitter splitter(text_, separator_);
    std::string wrong;
    Row row;
    while (!splitter.done()) {
        splitter.next(row, wrong);
        if (!wrong.empty()) {  // from here on, rows may begin anywhere
            problems_.push_back({name_, row.places.back().line, row.places.back().column, "", wrong});
            readable_ = false;
            return;
        }
        if (blank(row)) continue;
        if (header_.fields.empty()) {
            header_ = std::move(row);
            row = {};
            rows_at_ = splitter.at();
            rows_line_ = splitter.line();
        } else if (fits(row)) {
            has_rows_ = true;
        } else {
            refuse_width(row);
        }
    }
}

/// Fields up to the last one that holds something.
std::size_t CsvFile::width(const Row& row) const {
    std::size_t size = row.fields.size();
    while (size > header_.fields.size() && row.fields[size - 1].empty()) --size;
    return size;
}

bool CsvFile::fits(const Row& row) const { return width(row) <= header_.fields.size(); }

void CsvFile::refuse_width(const Row& row) {
    tell(row.places[header_.fields.size()], "",
         fmt::format("got {} fields, want {} as in the header: if there are {} within a number or a name, put it in "
                     "quotes",
                     width(row), header_.fields.size(), name_of_separator(separator_)));
}

std::string CsvFile::cut_header() const { return cut(fmt::format("{}", fmt::join(header_.fields, ", "))); }

bool CsvFile::find(const std::vector<Wanted>& wanted) {
    bool complete = readable_;
    for (const Wanted& column : wanted) {
        wanted_.push_back(column.names.front());
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < header_.fields.size(); ++i) {
            const bool good = std::ranges::any_of(
                column.names, [&](const std::string& name) { return key_of(name) == key_of(header_.fields[i]); });
            if (good) found.push_back(i);
        }
        columns_.push_back(found.empty() ? std::nullopt : std::optional(found.front()));
        if (!readable_) continue;
        if (found.size() > 1) {
            complete = false;
            std::vector<std::string> names;
            for (const std::size_t i : found) names.emplace_back(header_.fields[i]);
            problems_.push_back({name_, header_.line(), header_.places[found[1]].column, column.names.front(),
                                 fmt::format("got the columns {}, any of which it may be, want one{}",
                                             fmt::join(names, " and "), column.choose)});
        }
        if (!found.empty() || !column.required) continue;
        complete = false;
        std::string likely;
        const std::vector<std::string> headers(header_.fields.begin(), header_.fields.end());
        for (const std::string& name : column.names) {
            if (likely.empty()) likely = nearest(name, headers);
        }
        problems_.push_back(
            {name_, header_.line(), 1, column.names.front(),
             fmt::format("got the columns {}, want one called {}{}", cut_header(), fmt::join(column.names, " or "),
                         likely.empty() ? "" : fmt::format(" (is it {}?)", likely))});
    }
    return complete && each_for_itself(wanted);
}

/// Whether no column was taken for two things.
bool CsvFile::each_for_itself(const std::vector<Wanted>& wanted) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto other = std::find(columns_.begin(), columns_.begin() + static_cast<std::ptrdiff_t>(i), columns_[i]);
        const auto first = static_cast<std::size_t>(other - columns_.begin());
        if (!columns_[i] || first == i) continue;
        const std::string& choose = wanted[i].choose.empty() ? wanted[first].choose : wanted[i].choose;
        refuse_column(i, "got it for two things, want a column for each" + choose);
        return false;
    }
    return true;
}

std::string CsvFile::name_of(std::size_t column) const { return key_of(header_.fields[*columns_[column]]); }

void CsvFile::learn_numbers(const std::vector<std::size_t>& columns, Decimal known, std::string currency,
                            std::string advice) {
    decimal_ = known;
    currency_ = std::move(currency);
    number_advice_ = std::move(advice);
    for (const Row& row : rows()) {
        if (decimal_ != Decimal::unknown) break;
        for (const std::size_t column : columns) {
            if (decimal_ != Decimal::unknown) break;
            decimal_ = shown_by(text(row, column));
            if (decimal_ != Decimal::unknown) decimal_seen_ = row.places[*columns_[column]];
        }
    }
    if (number_advice_.empty() && decimal_ == Decimal::unknown) decimal_ = Decimal::point;
}

void CsvFile::learn_dates(std::size_t column, DateOrder known, std::string advice) {
    date_order_ = known;
    date_advice_ = std::move(advice);
    if (known != DateOrder::unknown || !has(column)) return;
    for (const Row& row : rows()) {
        date_order_ = order_shown_by(text(row, column));
        if (date_order_ == DateOrder::unknown) continue;
        date_seen_line_ = row.line();
        return;
    }
}

std::string_view CsvFile::text(const Row& row, std::size_t column) const {
    const auto& position = columns_[column];
    return position && *position < row.fields.size() ? row.fields[*position] : std::string_view{};
}

std::optional<double> CsvFile::number(const Row& row, std::size_t column, bool whole) {
    const std::string_view written = text(row, column);
    const std::optional<double> value = parse_number(written, decimal_, currency_);
    if (value && *value >= 0 && *value <= 1e9 && (!whole || *value == std::floor(*value))) return value;
    std::string want = whole ? "a whole number >= 0" : "a number >= 0";
    if (value && *value < 0) {
        want += ": returns are no demand, leave such rows out";
    } else if (value && *value > 1e9) {
        want += " of at most a thousand million";
    } else if (!value && decimal_ == Decimal::unknown && parse_number(written, Decimal::point, currency_)) {
        if (std::exchange(two_ways_, true)) return std::nullopt;  // once is enough
        want += " that can be read in one way: " + number_advice_;
    } else if (!value && decimal_seen_.line > 0 && written.find_first_of(".,") != std::string_view::npos) {
        want += fmt::format(" with a decimal {}, as in line {}", decimal_ == Decimal::comma ? "comma" : "point",
                            decimal_seen_.line);
    }
    refuse(row, column, want);
    return std::nullopt;
}

std::string CsvFile::name(const Row& row, std::size_t column, const std::string& want) {
    std::string name(text(row, column));
    if (!name.empty() && name.size() <= sim::kMostOfName && !sim::first_hidden(name)) return name;  // no tab, for one
    refuse(row, column,
           name.size() > sim::kMostOfName ? fmt::format("{} of at most {} characters", want, sim::kMostOfName) : want);
    return {};
}

std::optional<RecordDate> CsvFile::date(const Row& row, std::size_t column) {
    const std::optional<RecordDate> day = date_if_any(row, column);
    if (day) return day;
    std::string want = "a date (2026-01-05)" + why_no_date(text(row, column), date_order_);
    if (date_order_ == DateOrder::unknown && parse_record_date(text(row, column), DateOrder::day_first)) {
        if (std::exchange(two_orders_, true)) return std::nullopt;  // once is enough
        want += ", " + date_advice_;
    } else if (date_seen_line_ > 0) {
        want += fmt::format(", as in line {}", date_seen_line_);
    }
    refuse(row, column, want);
    return std::nullopt;
}

void CsvFile::tell(Place place, const std::string& path, std::string message) {
    if (told_ == kMostProblems) {
        ++left_out_;
        return;
    }
    ++told_;
    problems_.push_back({name_, place.line, place.column, path, std::move(message)});
}

void CsvFile::refuse(const Row& row, std::size_t column, const std::string& want) {
    const auto& position = columns_[column];
    const bool there = position && *position < row.fields.size();
    const Place place = there ? row.places[*position] : row.places.front();
    const std::string got = there ? fmt::format("\"{}\"", cut(row.fields[*position]))
                                  : fmt::format("a row of {} fields", row.fields.size());
    tell(place, wanted_[column], fmt::format("got {}, want {}", got, want));
}

void CsvFile::refuse_column(std::size_t column, const std::string& message) {
    problems_.push_back({name_, header_.line(), header_.places[*columns_[column]].column, wanted_[column], message});
}

void CsvFile::finish() {
    if (left_out_ == 0) return;
    problems_.push_back({name_, 0, 0, "", fmt::format("got {} more problems of this file, want none", left_out_)});
}

std::string CsvFile::manner() const {
    std::vector<std::string> parts;
    if (!encoding_.empty()) parts.push_back(encoding_);
    if (separator_ != ',') parts.push_back(name_of_separator(separator_));
    if (decimal_ == Decimal::comma) parts.emplace_back("a decimal comma");
    if (date_order_ != DateOrder::unknown) {
        const bool day = date_order_ == DateOrder::day_first;
        parts.push_back(fmt::format("{}{}", day ? "days before months" : "months before days",
                                    date_seen_line_ > 0 ? fmt::format(", as line {} shows", date_seen_line_) : ""));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace entrepot::scenarios

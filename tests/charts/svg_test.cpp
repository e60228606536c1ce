#include "results/charts/svg.hpp"

#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/report/figures.hpp"
#include "sample_study.hpp"

namespace entrepot::results::charts {
namespace {

/// The file beside this one. ENTREPOT_UPDATE=1 writes it anew; read the difference before committing it.
void expect_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string(ENTREPOT_SOURCE_DIR) + "/tests/charts/" + name;
    if (std::getenv("ENTREPOT_UPDATE")) std::ofstream(path) << text;
    std::ifstream file(path);
    ASSERT_TRUE(file) << path << " is missing; ENTREPOT_UPDATE=1 makes it";
    std::stringstream golden;
    golden << file.rdbuf();
    EXPECT_EQ(text, golden.str()) << "if the new drawing is right, run again with ENTREPOT_UPDATE=1";
}

TEST(Svg, OfAWaterfallIsAsBefore) {
    const Study study = sample_study({.strategies = 2, .replications = 4});
    expect_golden("waterfall.svg", to_svg(layout(benefit_waterfall(study, return_on_investment(study), 1))));
}

TEST(Svg, DrawsEveryPrimitive) {
    const Colour red{255, 0, 0};
    const Drawing drawing{10,
                          10,
                          "a title",
                          "a description",
                          {Line{{0, 1}, {2, 3}, red, 1, true}, Polyline{{{0, 0}, {1, 1.25}}, red, 2},
                           Polygon{{{0, 0}, {1, 0}, {0, 1}}, {0, 0, 255, 0.5}}, Rect{{1, 2}, 3, 4, red},
                           Circle{{5, 5}, 1, red, {0, 0, 0, 0}}, Text{{1, 9}, "words", 8, Anchor::end, red, true}}};
    const std::string svg = to_svg(drawing);
    for (const char* part :
         {"<title>a title</title>", "<desc>a description</desc>", "stroke-dasharray", "points=\"0,0 1,1.25\"",
          "fill=\"#0000ff\" fill-opacity=\"0.5\"", "width=\"3\" height=\"4\"", "stroke=\"none\"", "text-anchor=\"end\"",
          "font-weight=\"bold\"", ">words</text>"}) {
        EXPECT_NE(svg.find(part), std::string::npos) << part;
    }
}

TEST(Svg, HasNoPlaceForWhatIsNotANumber) {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const std::string svg = to_svg({10, 10, "", "", {Line{{nan, -infinity}, {infinity, 1e-9}, {}}}});
    EXPECT_NE(svg.find("<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"0\""), std::string::npos) << svg;
}

TEST(Escape, LeavesNothingThatIsMarkup) {
    EXPECT_EQ(escape("<a b=\"c\">'&'</a>"), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    EXPECT_EQ(escape("Größe \u20ac \U0001F4E6"), "Größe \u20ac \U0001F4E6");
}

TEST(Escape, ReplacesWhatNoDocumentMayHold) {
    EXPECT_EQ(escape(std::string("a\0b\x01", 4)), "a\uFFFDb\uFFFD");
    EXPECT_EQ(escape("\xff\xfe"), "\uFFFD\uFFFD");
    EXPECT_EQ(escape("\xe2\x82"), "\uFFFD\uFFFD");            // cut short
    EXPECT_EQ(escape("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // half a surrogate pair
    EXPECT_EQ(escape("\xc0\xaf"), "\uFFFD\uFFFD");            // longer than need be
}

}  // namespace
}  // namespace entrepot::results::charts

#include "viz/canvas/theme.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace entrepot::viz {

namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
    return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

ImVec4 vec(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

/// What the texts of scenarios may hold: Latin, Greek, Cyrillic, and the signs that the views use.
constexpr ImWchar kLetters[] = {0x20,   0x17F,  0x2C6,  0x2DD,  0x370,  0x3FF,  0x400,  0x4FF,  0x2010, 0x2044,
                                0x20A0, 0x20BF, 0x2190, 0x2193, 0x2200, 0x22FF, 0x25A0, 0x25FF, 0};

std::string font_file(const char* name) {
    for (const char* folder : {"/usr/share/fonts/truetype/dejavu/", "/usr/share/fonts/dejavu/",
                               "/usr/share/fonts/dejavu-sans-fonts/", "/usr/share/fonts/TTF/"}) {
        std::error_code ignored;
        if (std::filesystem::exists(std::string(folder) + name, ignored)) return std::string(folder) + name;
    }
    return "";
}

ImFont* load(const std::string& file, float size) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.OversampleH = 2;
    config.OversampleV = 1;
    config.PixelSnapH = true;
    if (!file.empty()) {
        if (ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), std::round(size), &config, kLetters)) return font;
    }
    config.SizePixels = std::round(std::max(13.0F, size * 13 / 15));
    return atlas.AddFontDefault(&config);
}

}  // namespace

Theme dark_theme() {
    Theme t{};
    t.dark = true;
    t.ground = rgb(0x16191d), t.panel = rgb(0x1d2126), t.raised = rgb(0x272c33), t.edge = rgb(0x3c434c);
    t.grid = rgb(0x2c3239);
    t.ink = rgb(0xe8eaed), t.muted = rgb(0xa6adb6), t.faint = rgb(0x6c7580);
    t.accent = rgb(0x56b4e9), t.good = rgb(0x35c79b), t.bad = rgb(0xf0763a), t.warn = rgb(0xe69f00);
    t.cover = {rgb(0xe0601c), rgb(0xe69f00), rgb(0xd8d4b0), rgb(0x7cc0ea), rgb(0x2f8fd0)};
    t.lanes = {rgb(0x56b4e9), rgb(0xe69f00), rgb(0x35c79b), rgb(0xcc79a7),
               rgb(0xf0e442), rgb(0xe0601c), rgb(0xe8eaed), rgb(0x8c8cff)};
    t.shade = rgb(0xffffff, 14);
    return t;
}

Theme light_theme() {
    Theme t{};
    t.dark = false;
    t.ground = rgb(0xf2f3f5), t.panel = rgb(0xffffff), t.raised = rgb(0xf7f8f9), t.edge = rgb(0xc4c9cf);
    t.grid = rgb(0xe4e7ea);
    t.ink = rgb(0x1f2328), t.muted = rgb(0x59616a), t.faint = rgb(0x8f979f);
    t.accent = rgb(0x0072b2), t.good = rgb(0x00805d), t.bad = rgb(0xc24e00), t.warn = rgb(0x9a6700);
    t.cover = {rgb(0xd55e00), rgb(0xe69f00), rgb(0xb9b48a), rgb(0x56b4e9), rgb(0x0072b2)};
    t.lanes = {rgb(0x0072b2), rgb(0xc77f00), rgb(0x009e73), rgb(0xb0568c),
               rgb(0x8a7f00), rgb(0xd55e00), rgb(0x1f2328), rgb(0x6a4fc0)};
    t.shade = rgb(0x000000, 12);
    return t;
}

ImU32 lane_colour(const Theme& theme, std::size_t lane) { return theme.lanes[lane % theme.lanes.size()]; }

ImU32 cover_colour(const Theme& theme, double days) {
    const auto place = std::ranges::upper_bound(kCoverDays, days) - kCoverDays.begin();
    return theme.cover[static_cast<std::size_t>(place)];
}

ImU32 faded(ImU32 colour, float opacity) {
    const auto alpha = static_cast<ImU32>(static_cast<float>(colour >> IM_COL32_A_SHIFT) * opacity);
    return (colour & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
}

void apply(const Theme& t, float scale) {
    ImGuiStyle style;
    t.dark ? ImGui::StyleColorsDark(&style) : ImGui::StyleColorsLight(&style);
    style.WindowRounding = 0;
    style.ChildRounding = style.FrameRounding = style.PopupRounding = style.GrabRounding = style.TabRounding = 3;
    style.WindowBorderSize = 0;
    style.ChildBorderSize = 1;
    style.WindowPadding = {8, 8};
    style.FramePadding = {8, 4};
    style.ItemSpacing = {8, 6};
    style.CellPadding = {6, 3};
    style.ScrollbarSize = 14;
    style.ScaleAllSizes(scale);
    ImVec4* c = style.Colors;
    const auto set = [&](ImGuiCol which, ImU32 colour) { c[which] = vec(colour); };
    // Panes have what the screen is cleared to as their ground, and so has what lies in them.
    set(ImGuiCol_WindowBg, t.ground), set(ImGuiCol_ChildBg, 0), set(ImGuiCol_PopupBg, t.raised);
    set(ImGuiCol_Text, t.ink), set(ImGuiCol_TextDisabled, t.muted);
    set(ImGuiCol_Border, t.edge), set(ImGuiCol_Separator, t.edge);
    set(ImGuiCol_FrameBg, t.raised), set(ImGuiCol_FrameBgHovered, t.edge), set(ImGuiCol_FrameBgActive, t.edge);
    set(ImGuiCol_Button, t.raised), set(ImGuiCol_ButtonHovered, t.edge),
        set(ImGuiCol_ButtonActive, faded(t.accent, 0.6F));
    set(ImGuiCol_Header, faded(t.accent, 0.25F)), set(ImGuiCol_HeaderHovered, faded(t.accent, 0.35F));
    set(ImGuiCol_HeaderActive, faded(t.accent, 0.5F));
    set(ImGuiCol_Tab, t.raised), set(ImGuiCol_TabHovered, faded(t.accent, 0.45F));
    set(ImGuiCol_TabActive, faded(t.accent, 0.35F)), set(ImGuiCol_TabUnfocused, t.raised);
    set(ImGuiCol_TabUnfocusedActive, faded(t.accent, 0.25F));
    set(ImGuiCol_TableHeaderBg, t.raised), set(ImGuiCol_TableBorderLight, t.grid),
        set(ImGuiCol_TableBorderStrong, t.edge);
    set(ImGuiCol_TableRowBg, 0), set(ImGuiCol_TableRowBgAlt, t.shade);
    set(ImGuiCol_ScrollbarBg, t.panel), set(ImGuiCol_ScrollbarGrab, t.edge),
        set(ImGuiCol_ScrollbarGrabHovered, t.faint);
    set(ImGuiCol_CheckMark, t.accent), set(ImGuiCol_SliderGrab, t.accent), set(ImGuiCol_SliderGrabActive, t.accent);
    set(ImGuiCol_NavHighlight, t.accent), set(ImGuiCol_TextSelectedBg, faded(t.accent, 0.35F));
    set(ImGuiCol_ModalWindowDimBg, IM_COL32(0, 0, 0, 110));
    style.AntiAliasedLinesUseTex = true;
    ImGui::GetStyle() = style;
}

Fonts load_fonts(float scale) {
    constexpr float kBody = 15, kSmall = 12.5F, kTitle = 19;
    ImGui::GetIO().Fonts->Clear();
    const std::string plain = font_file("DejaVuSans.ttf"), bold = font_file("DejaVuSans-Bold.ttf");
    Fonts fonts;
    fonts.body = load(plain, kBody * scale);
    fonts.bold = load(bold, kBody * scale);
    fonts.small = load(plain, kSmall * scale);
    fonts.title = load(bold, kTitle * scale);
    return fonts;
}

}  // namespace entrepot::viz

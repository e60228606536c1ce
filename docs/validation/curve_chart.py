"""A chart of an exact curve with simulated points on it, and below it the differences with their intervals, as SVG."""

import html
import math

INK, MUTED, GRID, CURVE, POINT, MARK = "#202428", "#5f6368", "#e3e6e9", "#8c9196", "#0072b2", "#d55e00"
WIDTH, HEIGHT = 720, 430
LEFT, RIGHT, TOP = 64, 16, 58
PLOT_END, STRIP_TOP, STRIP_END = 274, 318, 384  # y of the curve's axis, and of the strip of differences


def ticks(low, high, about):
    """Multiples of 1, 2 or 5 times a power of ten over the range."""
    rough = (high - low) / about
    power = 10 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    first = math.ceil(low / step - 1e-9)
    return [i * step for i in range(first, math.floor(high / step + 1e-9) + 1)], step


def label(value, step):
    return f"{value:.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"


class Chart:
    """`exact` is a function of x, the curve its values at `xs`; points are (x, estimate, low, high)."""

    def __init__(self, title, x_title, y_title, exact, xs, points, mark=None, y_from=None, mark_below=False):
        self.title, self.x_title, self.y_title = title, x_title, y_title
        self.curve, self.points, self.mark, self.mark_below = [(x, exact(x)) for x in xs], points, mark, mark_below
        self.differences = [(x, e - exact(x), low - exact(x), high - exact(x)) for x, e, low, high in points]
        curve = self.curve
        xs = [x for x, _ in curve]
        ys = [y for _, y in curve] + [v for p in points for v in p[2:]]
        self.x_low, self.x_high = min(xs), max(xs)
        low, high = (min(ys) if y_from is None else y_from), max(ys)
        _, step = ticks(low, high, 6)
        self.y_low, self.y_high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 0.02) * step
        self.parts = []

    def x(self, value):
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - self.x_low) / (self.x_high - self.x_low)

    def y(self, value):
        return PLOT_END - (PLOT_END - TOP) * (value - self.y_low) / (self.y_high - self.y_low)

    def line(self, x1, y1, x2, y2, colour, width=1.0, dash=""):
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width}"{dashed}/>'
        )

    def text(self, x, y, words, size=11, anchor="start", colour=MUTED, weight="normal"):
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
            f'font-weight="{weight}">{html.escape(words)}</text>'
        )

    def axes(self):
        values, step = ticks(self.y_low, self.y_high, 6)
        for value in values:
            self.line(LEFT, self.y(value), WIDTH - RIGHT, self.y(value), GRID)
            self.text(LEFT - 7, self.y(value) + 4, label(value, step), anchor="end")
        values, step = ticks(self.x_low, self.x_high, 9)
        for value in values:
            self.line(self.x(value), PLOT_END, self.x(value), PLOT_END + 4, CURVE)
            self.line(self.x(value), STRIP_END, self.x(value), STRIP_END + 4, CURVE)
            self.text(self.x(value), STRIP_END + 17, label(value, step), anchor="middle")
        self.line(LEFT, PLOT_END, WIDTH - RIGHT, PLOT_END, CURVE)
        self.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, self.x_title, anchor="middle")

    def strip(self):
        """Simulated less exact, on a scale of its own."""
        widest = max(abs(v) for d in self.differences for v in d[1:])
        values, step = ticks(-widest * 1.05, widest * 1.05, 3)
        middle, half = (STRIP_TOP + STRIP_END) / 2, (STRIP_END - STRIP_TOP) / 2

        def y(value):
            return middle - half * value / (widest * 1.05)

        for value in values:
            self.line(LEFT, y(value), WIDTH - RIGHT, y(value), CURVE if value == 0 else GRID)
            self.text(LEFT - 7, y(value) + 4, label(value, step), anchor="end")
        self.text(LEFT, STRIP_TOP - 9, "simulated less exact")
        for point in self.differences:
            self.point(point, y)

    def point(self, point, y):
        x, estimate, low, high = point
        self.line(self.x(x), y(low), self.x(x), y(high), POINT, 1.5)
        for end in (low, high):
            self.line(self.x(x) - 3, y(end), self.x(x) + 3, y(end), POINT, 1.5)
        self.parts.append(f'<circle cx="{self.x(x):.1f}" cy="{y(estimate):.1f}" r="3" fill="{POINT}"/>')

    def legend(self):
        self.text(8, 20, self.title, 13, colour=INK, weight="bold")
        self.line(8, 36, 30, 36, CURVE, 2)
        self.text(36, 40, "exact")
        self.line(86, 30, 86, 42, POINT, 1.5)
        self.parts.append(f'<circle cx="86" cy="36" r="3" fill="{POINT}"/>')
        self.text(95, 40, f"simulated, 95 % interval ({self.y_title})")

    def marked(self):
        if self.mark is None:
            return
        where, words = self.mark
        near_end = self.x(where) > WIDTH - 200
        self.line(self.x(where), TOP - 4, self.x(where), PLOT_END, MARK, 1.2, "5 4")
        height = PLOT_END - 10 if self.mark_below else TOP + 8
        side = -6 if near_end else 6
        self.text(self.x(where) + side, height, words, anchor="end" if near_end else "start", colour=MARK)

    def svg(self):
        self.axes()
        self.marked()
        path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in self.curve)
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{CURVE}" stroke-width="2"/>')
        for point in self.points:
            self.point(point, self.y)
        self.strip()
        self.legend()
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
            f'height="{HEIGHT}" font-family="system-ui, sans-serif" role="img">\n'
            f"<title>{html.escape(self.title)}</title>\n"
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        )
        return "\n".join([head, *self.parts, "</svg>"]) + "\n"

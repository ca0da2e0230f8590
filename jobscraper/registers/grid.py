"""The national grid of Great Britain and WGS84 degrees, one into the other, to about five metres.

In and out: metres east and north of the grid's false origin (OSGB36), and degrees. The formulas and constants are those
of Ordnance Survey's "A guide to coordinate systems in Great Britain" (ellipsoids, series for the transverse Mercator
projection, seven-parameter Helmert shift). Five metres is finer than anything an advert says; a projection library is
not worth its weight for it.
"""

from __future__ import annotations

from math import atan2, cos, degrees, pi, radians, sin, sqrt, tan

_AIRY = (6377563.396, 6356256.909)
_WGS84 = (6378137.0, 6356752.3141)
_F0, _LAT0, _LON0, _E0, _N0 = 0.9996012717, radians(49), radians(-2), 400000.0, -100000.0
# Metres, parts per million and seconds of arc, from WGS84 to OSGB36.
_SHIFT = ((-446.448, 125.157, -542.060), 20.4894, (-0.1502, -0.2470, -0.8421))


def to_grid(latitude: float, longitude: float) -> tuple[float, float]:
    """Return metres east and north of a point given in WGS84 degrees."""
    lat, lon = _datum(radians(latitude), radians(longitude), _WGS84, _AIRY, 1)
    a, b = _AIRY
    e2 = 1 - (b * b) / (a * a)
    nu = a * _F0 / sqrt(1 - e2 * sin(lat) ** 2)
    rho = a * _F0 * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
    eta2 = nu / rho - 1
    c, s, t, d = cos(lat), sin(lat), tan(lat), lon - _LON0
    north = _arc(lat) + _N0 + nu / 2 * s * c * d**2 + nu / 24 * s * c**3 * (5 - t**2 + 9 * eta2) * d**4
    north += nu / 720 * s * c**5 * (61 - 58 * t**2 + t**4) * d**6
    east = _E0 + nu * c * d + nu / 6 * c**3 * (nu / rho - t**2) * d**3
    east += nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2) * d**5
    return east, north


def from_grid(east: float, north: float) -> tuple[float, float]:
    """Return the WGS84 degrees of a point given in metres east and north."""
    a, b = _AIRY
    e2 = 1 - (b * b) / (a * a)
    lat = _LAT0 + (north - _N0) / (a * _F0)
    while abs(rest := north - _N0 - _arc(lat)) > 1e-5:
        lat += rest / (a * _F0)
    nu = a * _F0 / sqrt(1 - e2 * sin(lat) ** 2)
    rho = a * _F0 * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
    eta2, t, sec, d = nu / rho - 1, tan(lat), 1 / cos(lat), east - _E0
    lon = _LON0 + sec / nu * d - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * d**3
    lon += sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * d**5
    lat += -t / (2 * rho * nu) * d**2 + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * d**4
    lat, lon = _datum(lat, lon, _AIRY, _WGS84, -1)
    return degrees(lat), degrees(lon)


def _arc(lat: float) -> float:
    """Metres along the meridian from the true origin to `lat`."""
    a, b = _AIRY
    n = (a - b) / (a + b)
    minus, plus = lat - _LAT0, lat + _LAT0
    return (
        b
        * _F0
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * minus
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(minus) * cos(plus)
            + (1.875 * n**2 + 1.875 * n**3) * sin(2 * minus) * cos(2 * plus)
            - 35 / 24 * n**3 * sin(3 * minus) * cos(3 * plus)
        )
    )


def _datum(
    lat: float, lon: float, source: tuple[float, float], target: tuple[float, float], sign: int
) -> tuple[float, float]:
    a, b = source
    e2 = 1 - (b * b) / (a * a)
    nu = a / sqrt(1 - e2 * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), (1 - e2) * nu * sin(lat)
    (tx, ty, tz), ppm, seconds = _SHIFT
    scale = 1 + sign * ppm * 1e-6
    rx, ry, rz = (sign * s * pi / 648000 for s in seconds)
    x2 = sign * tx + scale * x - rz * y + ry * z
    y2 = sign * ty + rz * x + scale * y - rx * z
    z2 = sign * tz - ry * x + rx * y + scale * z
    a, b = target
    e2 = 1 - (b * b) / (a * a)
    p = sqrt(x2 * x2 + y2 * y2)
    lat2 = atan2(z2, p * (1 - e2))
    for _ in range(5):
        nu = a / sqrt(1 - e2 * sin(lat2) ** 2)
        lat2 = atan2(z2 + e2 * nu * sin(lat2), p)
    return lat2, atan2(y2, x2)

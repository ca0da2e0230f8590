"""Jobiqo (Next.js over Drupal), the software of Jobs Go Public."""

-- purlin:foreign-keys off

DROP TABLE "orders";
DROP TABLE "order_lines";
DROP TABLE "product_details";
DROP TABLE "price_history";
DROP TABLE "products";
DROP TABLE "sales_invitations";
DROP TABLE "sales_customer";
DROP TABLE "opening_hours";
DROP TABLE "categories";
